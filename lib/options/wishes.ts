// How texts are to be translated into the language that is chosen: an instruction, a glossary. Typed as drafts, saved when left.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Settings } from '../settings/schema.ts';
import { atOnce, createNumberField, type NumberField, tokens } from './number-field.ts';
import { createSavedSetting, type SavedParts, type SavedSetting } from './saved-setting.ts';

type Part = keyof Settings['wishes'][string];

export interface TextField {
  text: ReadonlySignal<string>;
  note: SavedSetting<string>['note'];
  /** To be called for each key. */
  type(text: string): void;
  /** To be called when the field is left. */
  commit(): Promise<void>;
}

const NONE: Settings['wishes'][string] = { instruction: '', glossary: '' };

export function createWishes(parts: SavedParts): Record<Part, TextField> {
  return { instruction: createTextField(parts, 'instruction'), glossary: createTextField(parts, 'glossary') };
}

/** How many requests of one page run at once. */
export function createAtOnce(parts: SavedParts): NumberField {
  const setting = createSavedSetting(parts, {
    place: 'language',
    read: ({ translationsAtOnce }) => translationsAtOnce,
    change: (translationsAtOnce) => ({ translationsAtOnce }),
  });
  return createNumberField(setting, atOnce);
}

/** Tokens above which a person is asked first. */
export function createConfirmAbove(parts: SavedParts): NumberField {
  const setting = createSavedSetting(parts, {
    place: 'language',
    read: ({ confirmAbove }) => confirmAbove,
    change: (confirmAbove) => ({ confirmAbove }),
  });
  return createNumberField(setting, tokens);
}

function createTextField(parts: SavedParts, part: Part): TextField {
  const draft = signal<{ tag: string; text: string } | null>(null);
  const tag = computed(() => parts.view.value?.settings.targetLanguage ?? '');
  const { value, note, choose } = createSavedSetting(parts, {
    place: 'language',
    read: ({ wishes, targetLanguage }) => (wishes[targetLanguage] ?? NONE)[part],
    change: (text, { wishes, targetLanguage }) => ({
      wishes: { ...wishes, [targetLanguage]: { ...NONE, ...wishes[targetLanguage], [part]: text } },
    }),
  });
  // What was typed for one language is not what another is to get.
  const typed = computed(() => (draft.value?.tag === tag.value ? draft.value.text : undefined));
  return {
    text: computed(() => typed.value ?? value.value ?? ''),
    note,
    type(text) {
      draft.value = { tag: tag.value, text };
      note.value = '';
    },
    async commit() {
      const text = typed.value;
      draft.value = null;
      if (text !== undefined) await choose(text);
    },
  };
}
