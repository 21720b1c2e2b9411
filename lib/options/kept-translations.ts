// The translations that are kept, so that a second time costs nothing: how many, and the way to be rid of them.

import { type Signal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import { say } from '../words/say.ts';
import { type Outcome, problemFrom } from './outcome.ts';

export interface KeptTranslations {
  /** Null while unknown. */
  size: Signal<{ count: number; chars: number } | null>;
  note: Signal<string>;
  load(): Promise<void>;
  forget(): Promise<void>;
}

export function createKeptTranslations(connect: Connect, outcome: Outcome): KeptTranslations {
  const size: KeptTranslations['size'] = signal(null);
  const note = signal('');
  async function load(): Promise<void> {
    size.value = await ask<'kept-translations'>(connect, { type: 'kept-translations' }).catch(() => null);
  }
  return {
    size,
    note,
    load,
    async forget() {
      try {
        await ask<'forget-translations'>(connect, { type: 'forget-translations' });
        note.value = say('cleared');
      } catch (error) {
        outcome.show(problemFrom(error, 'language'));
      }
      await load();
    },
  };
}
