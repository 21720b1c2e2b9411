// The saved providers: which there are, which one is used and edited, and what can be done with each.
import { computed, type ReadonlySignal } from '@preact/signals';
import { ask } from '../protocol/client.ts';
import { presets } from '../providers/presets.ts';
import type { Provider } from '../settings/provider.ts';
import {
  findProvider,
  providerName,
  providersOf,
  withCurrent,
  withoutProvider,
} from '../settings/providers.ts';
import type { Settings } from '../settings/schema.ts';
import { say, wordsLanguage } from '../words/say.ts';
import type { ActionContext } from './action-context.ts';
import { findAddress } from './address.ts';
import { deniedProblem, problemFrom } from './outcome.ts';
import { presetName } from './preset-name.ts';

export interface ProviderEntry {
  baseUrl: string;
  name: string;
  /** Server and model. */
  detail: string;
  isCurrent: boolean;
}

export interface SavedProviders {
  /** By name. */
  list: ReadonlySignal<ProviderEntry[]>;
  /** Shows an empty form for one more. */
  add(): void;
  /** Shows what is saved again, in place of what is typed. */
  discard(): void;
  use(baseUrl: string): Promise<void>;
  rename(baseUrl: string, name: string): Promise<void>;
  /** With its key, where no other provider is on the same server. */
  remove(baseUrl: string): Promise<void>;
}

export function createProviders(context: ActionContext): SavedProviders {
  const { form, outcome, view, write, accept } = context;
  const list = computed(() => {
    const { settings } = view.value ?? {};
    if (!settings) return [];
    const entries = providersOf(settings).map((provider) => entryOf(provider, settings));
    return entries.sort((a, b) => a.name.localeCompare(b.name, wordsLanguage()));
  });
  const nameOf = (baseUrl: string) => list.value.find((entry) => entry.baseUrl === baseUrl)?.name ?? baseUrl;
  const discard = () => {
    outcome.clear();
    if (view.value) accept(view.value, true);
  };
  /** Never rejects: the problem is shown. */
  async function change(what: (stored: Settings) => Settings, isShown: boolean): Promise<boolean> {
    try {
      await write(what, (next) => accept(next, isShown));
      return true;
    } catch (error) {
      outcome.show(problemFrom(error, 'provider'));
      return false;
    }
  }
  return {
    list,
    add() {
      outcome.clear();
      form.begin();
    },
    discard,
    async use(baseUrl) {
      if (form.dirty.value || form.isNew.value) {
        outcome.say(say('saveOrDiscard'));
        return;
      }
      const name = nameOf(baseUrl);
      if (!(await change((stored) => withCurrent(stored, baseUrl), true))) return;
      outcome.say(say('providerUsed', name));
      const host = findAddress(baseUrl)?.host;
      if (view.value?.hasPermission === false && host) outcome.show(deniedProblem(host));
    },
    async rename(baseUrl, name) {
      await change((stored) => withName(stored, baseUrl, name.trim()), false);
    },
    async remove(baseUrl) {
      const name = nameOf(baseUrl);
      const wasShown = view.value?.settings.baseUrl === baseUrl;
      if (!(await change((stored) => withoutProvider(stored, baseUrl), wasShown))) return;
      await forgetKey(context, baseUrl);
      outcome.say(say('providerRemoved', name));
    },
  };
}

function entryOf(provider: Provider, settings: Settings): ProviderEntry {
  const { baseUrl, preset, model } = provider;
  const host = findAddress(baseUrl)?.host ?? baseUrl;
  const known = presets.find(({ id, baseUrl: its }) => id === preset && its === baseUrl);
  const name = provider.name || (known ? presetName(known) : providerName(provider));
  const detail = [name === host ? '' : host, model].filter(Boolean).join(' · ');
  return { baseUrl, name, detail, isCurrent: baseUrl === settings.baseUrl };
}

function withName(settings: Settings, baseUrl: string, name: string): Settings {
  if (baseUrl === settings.baseUrl) return { ...settings, name };
  const others = settings.others.map((other) => (other.baseUrl === baseUrl ? { ...other, name } : other));
  return { ...settings, others };
}

async function forgetKey({ connect, view, facts, form }: ActionContext, baseUrl: string): Promise<void> {
  const origin = findAddress(baseUrl)?.origin;
  const settings = view.value?.settings;
  if (origin === undefined || !settings || findProvider(settings, baseUrl)) return;
  if (providersOf(settings).some((other) => findAddress(other.baseUrl)?.origin === origin)) return;
  await ask(connect, { type: 'remove-key', origin }).catch(() => {});
  await facts.refresh(form.address.value);
}
