// What is done about servers that fail or fall silent: repeats, broken answers, clocks. Each is saved as soon as it changes.
import { computed } from '@preact/signals';
import { defaultSettings, type Settings } from '../settings/schema.ts';
import { createNumberField, seconds, times } from './number-field.ts';
import { createSavedSetting, type SavedParts } from './saved-setting.ts';

type Timeouts = Settings['timeouts'];

const place = 'reliability';

export function createReliability(parts: SavedParts) {
  const retries = createSavedSetting(parts, {
    place,
    read: (settings) => settings.retries,
    change: (retries) => ({ retries }),
  });
  const continuing = createSavedSetting(parts, {
    place,
    read: (settings) => settings.continuing,
    change: (continuing) => ({ continuing }),
  });
  return {
    retries: createNumberField(retries, times),
    continuing,
    ...createTimeouts(parts),
  };
}

export type Reliability = ReturnType<typeof createReliability>;

function createTimeouts(parts: SavedParts) {
  const clock = (name: keyof Timeouts) =>
    createNumberField(
      createSavedSetting(parts, {
        place,
        read: ({ timeouts }) => timeouts[name],
        change: (value, { timeouts }) => ({ timeouts: { ...timeouts, [name]: value } }),
      }),
      seconds,
    );
  const clocks = {
    connect: clock('connect'),
    firstToken: clock('firstToken'),
    idle: clock('idle'),
    total: clock('total'),
  };
  const all = createSavedSetting(parts, {
    place,
    read: ({ timeouts }) => timeouts,
    change: (timeouts) => ({ timeouts }),
  });
  const names = Object.keys(clocks) as (keyof Timeouts)[];
  const atDefaults = computed(() =>
    names.every((name) => clocks[name].text.value === seconds.format(defaultSettings.timeouts[name])),
  );
  return {
    clocks,
    reset: {
      note: all.note,
      /** True where there is nothing to reset. */
      idle: atDefaults,
      async press(): Promise<void> {
        if (atDefaults.value) return;
        for (const field of Object.values(clocks)) {
          field.revert();
          field.note.value = '';
        }
        await all.choose(defaultSettings.timeouts);
      },
    },
  };
}
