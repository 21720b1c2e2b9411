// The one way settings are saved. The worker stores the whole object, so two saves at once would undo each other's fields: each
// waits for the one before it and changes what that one left.
import type { Signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { SettingsView } from '../protocol/contract.ts';
import type { Settings } from '../settings/schema.ts';

/**
 * Saves what `change` makes of the stored settings; it is called when its turn comes, not before. `take` takes over the worker's
 * answer. Rejects with a StreamError where nothing was saved; the saves behind it go on.
 */
export type WriteSettings = (
  change: (stored: Settings) => Partial<Settings>,
  take?: (view: SettingsView) => void,
) => Promise<SettingsView>;

export interface WriterParts {
  connect: Connect;
  view: Signal<SettingsView | null>;
  wrote(view: SettingsView): void;
}

export function createSettingsWriter({ connect, view, wrote }: WriterParts): WriteSettings {
  let last: Promise<unknown> = Promise.resolve();

  async function save(...[change, take = wrote]: Parameters<WriteSettings>): Promise<SettingsView> {
    const { settings } = view.value ?? (await ask(connect, { type: 'settings' }));
    const next = await ask(connect, {
      type: 'save-settings',
      settings: { ...settings, ...change(settings) },
    });
    take(next);
    return next;
  }

  return (...request) => {
    const saved = last.then(() => save(...request));
    last = saved.catch(() => {});
    return saved;
  };
}
