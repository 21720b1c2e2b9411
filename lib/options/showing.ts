// How translations are shown in pages, and what of a page is left alone. Each is saved as soon as it changes.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Show } from '../protocol/page.ts';
import { defaultSettings } from '../settings/schema.ts';
import { wordsLanguage } from '../words/say.ts';
import { problemFrom } from './outcome.ts';
import { createSavedSetting, type SavedParts } from './saved-setting.ts';
import type { TextField } from './wishes.ts';

const place = 'page';

export function createShowing(parts: SavedParts) {
  return {
    show: createSavedSetting(parts, {
      place,
      read: ({ show }) => show,
      change: (show) => ({ show }),
    }),
    onHover: createSavedSetting(parts, {
      place,
      read: ({ showsOriginalOnHover }) => showsOriginalOnHover,
      change: (showsOriginalOnHover) => ({ showsOriginalOnHover }),
    }),
    sites: createSites(parts),
    leftAlone: createLeftAlone(parts),
  };
}

export type Showing = ReturnType<typeof createShowing>;

export interface Sites {
  /** Those with a way of their own, by name. */
  list: ReadonlySignal<[host: string, show: Show][]>;
  /** Never rejects: the problem is shown. */
  remove(host: string): Promise<void>;
}

function createSites({ view, outcome, write }: SavedParts): Sites {
  const list = computed(() => {
    const sites = Object.entries(view.value?.settings.sites ?? {});
    return sites.sort(([a], [b]) => a.localeCompare(b, wordsLanguage()));
  });
  return {
    list,
    async remove(host) {
      try {
        await write(({ sites }) => ({
          sites: Object.fromEntries(Object.entries(sites).filter(([name]) => name !== host)),
        }));
        if (outcome.problem.value?.place === place) outcome.clear();
      } catch (error) {
        outcome.show(problemFrom(error, place));
      }
    },
  };
}

export interface LeftAlone extends TextField {
  /** Something is typed and not saved yet. */
  isDraft: ReadonlySignal<boolean>;
  reset: {
    /** True where there is nothing to reset. */
    idle: ReadonlySignal<boolean>;
    press(): Promise<void>;
  };
}

function createLeftAlone(parts: SavedParts): LeftAlone {
  const usual = defaultSettings.leftAlone;
  const draft = signal<string | null>(null);
  const { value, note, choose } = createSavedSetting(parts, {
    place,
    read: ({ leftAlone }) => leftAlone,
    change: (leftAlone) => ({ leftAlone }),
  });
  const text = computed(() => draft.value ?? value.value ?? '');
  const idle = computed(() => text.value === usual);
  return {
    text,
    note,
    isDraft: computed(() => draft.value !== null),
    type(typed) {
      draft.value = typed;
      note.value = '';
    },
    async commit() {
      const typed = draft.value;
      if (typed === null) return;
      const saved = choose(typed);
      draft.value = null;
      await saved;
    },
    reset: {
      idle,
      async press() {
        if (idle.value) return;
        const saved = choose(usual);
        draft.value = null;
        await saved;
      },
    },
  };
}
