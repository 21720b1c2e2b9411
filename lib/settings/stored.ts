// The settings as they lie in storage.local. Nothing secret is among them; still only the worker reads and writes them.
import { readStored, writeStored } from '../platform/storage.ts';
import { readSettings, type Settings } from './schema.ts';

const KEY = 'settings';

export async function loadSettings(): Promise<Settings> {
  return readSettings(await readStored(KEY));
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Stores what `change` makes of the settings; what it returns as it was is not written. One after the other, so that no change undoes
 * another. Resolves with whether anything was written; rejects where the storage does.
 */
export function changeSettings(change: (stored: Settings) => Settings): Promise<boolean> {
  const changed = last.then(async () => {
    const before = await loadSettings();
    const after = change(before);
    if (after !== before) await writeStored(KEY, after);
    return after !== before;
  });
  last = changed.catch(() => {});
  return changed;
}
