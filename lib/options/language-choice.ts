import { computed } from '@preact/signals';
import { createSavedSetting, type SavedParts } from './saved-setting.ts';

/** The target language, as a BCP 47 tag; empty before anything was loaded. */
export function createLanguageChoice(parts: SavedParts) {
  const { value, note, choose } = createSavedSetting(parts, {
    place: 'language',
    read: ({ targetLanguage }) => targetLanguage,
    change: (targetLanguage) => ({ targetLanguage }),
  });
  return { tag: computed(() => value.value ?? ''), note, choose };
}
