// How one writes in the chat: the key that sends, the general instructions, how much of a page goes along, one's own prompts.
import { computed, signal } from '@preact/signals';
import { createNumberField, pageTokens } from './number-field.ts';
import { createOwnPrompts } from './own-prompts.ts';
import { createSavedSetting, type SavedParts } from './saved-setting.ts';
import type { TextField } from './wishes.ts';

const place = 'chat';

export function createChatChoices(parts: SavedParts) {
  const tokens = createSavedSetting(parts, {
    place,
    read: ({ pageTokens }) => pageTokens,
    change: (pageTokens) => ({ pageTokens }),
  });
  return {
    sendWith: createSavedSetting(parts, {
      place,
      read: ({ sendWith }) => sendWith,
      change: (sendWith) => ({ sendWith }),
    }),
    system: createSystem(parts),
    pageTokens: createNumberField(tokens, pageTokens),
    prompts: createOwnPrompts(parts),
  };
}

function createSystem(parts: SavedParts): TextField {
  const draft = signal<string | null>(null);
  const { value, note, choose } = createSavedSetting(parts, {
    place,
    read: ({ system }) => system,
    change: (system) => ({ system }),
  });
  return {
    text: computed(() => draft.value ?? value.value ?? ''),
    note,
    type(text) {
      draft.value = text;
      note.value = '';
    },
    async commit() {
      const text = draft.value;
      draft.value = null;
      if (text !== null) await choose(text.trim());
    },
  };
}
