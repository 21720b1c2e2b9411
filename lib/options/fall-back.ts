// Which model is asked where another one fails: any of a saved provider's.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { ModelAt } from '../protocol/contract.ts';
import { providerName, providersOf } from '../settings/providers.ts';
import { say } from '../words/say.ts';
import { createSavedSetting, type SavedParts, type SavedSetting } from './saved-setting.ts';

export interface FallBackOption {
  /** Empty for none. */
  value: string;
  model: string;
  provider: string;
}

export interface FallBack {
  value: ReadonlySignal<string>;
  options: ReadonlySignal<FallBackOption[]>;
  note: SavedSetting<unknown>['note'];
  choose(value: string): Promise<void>;
  /** Asks for the models of all saved providers; a list that does not come takes nothing away. */
  load(): Promise<void>;
}

export function createFallBack(connect: Connect, parts: SavedParts): FallBack {
  const listed = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  const setting = createSavedSetting<string>(parts, {
    place: 'models',
    read: ({ fallback }) => (fallback ? keyOf(fallback) : ''),
    change: (key) => ({ fallback: readKey(key) }),
  });
  const value = computed(() => setting.value.value ?? '');
  const options = computed(() => {
    const { settings } = parts.view.value ?? {};
    const found = (settings ? providersOf(settings) : []).flatMap((provider) => {
      const { baseUrl, model, favourites } = provider;
      const chosen = settings?.fallback?.baseUrl === baseUrl ? [settings.fallback.model] : [];
      const ids = new Set([...chosen, model, ...favourites, ...(listed.value.get(baseUrl) ?? [])]);
      ids.delete('');
      return [...ids].map((id) => ({
        value: keyOf({ baseUrl, model: id }),
        model: id,
        provider: providerName(provider),
      }));
    });
    return [{ value: '', model: say('fallBackNone'), provider: '' }, ...found];
  });
  return {
    value,
    options,
    note: setting.note,
    choose: setting.choose,
    async load() {
      const { settings } = parts.view.value ?? {};
      const lists = (settings ? providersOf(settings) : []).map(async ({ baseUrl }) => {
        const models = await ask(connect, { type: 'provider-models', baseUrl }).catch(() => []);
        return [baseUrl, models.map(({ id }) => id)] as const;
      });
      listed.value = new Map(await Promise.all(lists));
    },
  };
}

// No base URL has a space in it.
function keyOf({ baseUrl, model }: ModelAt): string {
  return `${baseUrl} ${model}`;
}

function readKey(key: string): ModelAt | null {
  const end = key.indexOf(' ');
  return end < 0 ? null : { baseUrl: key.slice(0, end), model: key.slice(end + 1) };
}
