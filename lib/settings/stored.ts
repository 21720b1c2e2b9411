// The settings as they lie in storage.local. Nothing secret is among them; still only the worker reads and writes them.
import { readStored, writeStored } from '../platform/storage.ts';
import { readSettings, type Settings } from './schema.ts';

const KEY = 'settings';

export async function loadSettings(): Promise<Settings> {
  return readSettings(await readStored(KEY));
}

export async function saveSettings(settings: Settings): Promise<void> {
  await writeStored(KEY, settings);
}
