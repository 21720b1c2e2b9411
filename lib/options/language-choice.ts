// The target language: saved at once, apart from the provider form and its unsaved changes.
import { computed, type Signal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { SettingsView } from '../protocol/contract.ts';
import { type Outcome, problemFrom } from './outcome.ts';

export interface LanguageParts {
  connect: Connect;
  outcome: Outcome;
  view: Signal<SettingsView | null>;
  /** Takes over the worker's answer. */
  wrote(view: SettingsView): void;
}

export function createLanguageChoice({ connect, outcome, view, wrote }: LanguageParts) {
  const note = signal<'' | 'Saving' | 'Saved'>('');
  const chosen = signal<string | null>(null);
  const tag = computed(() => chosen.value ?? view.value?.settings.targetLanguage ?? '');

  async function choose(next: string): Promise<void> {
    const stored = view.value;
    if (!stored || next === tag.value) return;
    chosen.value = next;
    note.value = 'Saving';
    try {
      const settings = { ...stored.settings, targetLanguage: next };
      wrote(await ask(connect, { type: 'save-settings', settings }));
      note.value = 'Saved';
      if (outcome.problem.value?.place === 'language') outcome.clear();
    } catch (error) {
      note.value = '';
      outcome.show(problemFrom(error, 'language'));
    } finally {
      chosen.value = null;
    }
  }

  return { tag, note, choose };
}
