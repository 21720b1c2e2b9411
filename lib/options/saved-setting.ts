// A setting that is saved as soon as it changes, apart from the provider form and its unsaved changes.

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { SettingsView } from '../protocol/contract.ts';
import type { Settings } from '../settings/schema.ts';
import { say } from '../words/say.ts';
import { type Outcome, type ProblemPlace, problemFrom } from './outcome.ts';
import type { WriteSettings } from './settings-writer.ts';

export interface SavedParts {
  view: Signal<SettingsView | null>;
  outcome: Outcome;
  write: WriteSettings;
}

/** Which part of the settings it is, and where its trouble is shown. */
export interface SettingPart<T> {
  place: ProblemPlace;
  read(settings: Settings): T;
  change(value: T, stored: Settings): Partial<Settings>;
}

export interface SavedSetting<T> {
  /** What was chosen, or what is stored; undefined before anything was loaded. */
  value: ReadonlySignal<T | undefined>;
  /** What became of the last choice, in a word. */
  note: Signal<string>;
  /** Never rejects: what could not be saved goes back to what is stored, and the problem is shown. */
  choose(next: T): Promise<void>;
}

export function createSavedSetting<T>(
  { view, outcome, write }: SavedParts,
  { place, read, change }: SettingPart<T>,
): SavedSetting<T> {
  const note: SavedSetting<T>['note'] = signal('');
  const chosen = signal<{ value: T } | null>(null);
  const value = computed(() => chosen.value?.value ?? (view.value ? read(view.value.settings) : undefined));

  async function choose(next: T): Promise<void> {
    if (!view.value || next === value.value) return;
    const mine = { value: next };
    // Chosen again before this was saved: the newer choice is what is shown and spoken of.
    const isLatest = () => chosen.value === mine;
    chosen.value = mine;
    note.value = say('saving');
    try {
      await write((stored) => change(next, stored));
      if (isLatest()) note.value = say('saved');
      if (outcome.problem.value?.place === place) outcome.clear();
    } catch (error) {
      if (isLatest()) note.value = '';
      outcome.show(problemFrom(error, place));
    } finally {
      if (isLatest()) chosen.value = null;
    }
  }

  return { value, note, choose };
}
