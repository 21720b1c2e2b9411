// Requests about models, providers and figures.
import { StreamError } from '../../lib/engine/errors.ts';
import { listModels } from '../../lib/jobs/list-models.ts';
import { hasHostPermission } from '../../lib/platform/permissions.ts';
import type { ModelRequests } from '../../lib/protocol/models.ts';
import type { Handlers } from '../../lib/protocol/server.ts';
import { dialectFor } from '../../lib/providers/dialect-for.ts';
import { needsKey } from '../../lib/providers/presets.ts';
import { expectBaseUrl, permissionPattern } from '../../lib/settings/base-url.ts';
import { findProvider, withCurrent, withFavourite } from '../../lib/settings/providers.ts';
import { changeSettings, loadSettings } from '../../lib/settings/stored.ts';
import { chatDeps, choices, notify, prices, ready, usage, vault } from './dependencies.ts';

/** Servers change their lists now and then. */
const FRESH_MS = 3_600_000;

export const modelHandlers: Pick<Handlers, keyof ModelRequests> = {
  async 'model-choice'({ conversationId }) {
    await ready;
    return (await choices.find(conversationId)) ?? null;
  },
  async 'choose-model'({ conversationId, choice, isUsual }) {
    await ready;
    const { at } = choice;
    if (isUsual && at && (await changeSettings((stored) => withCurrent(stored, at.baseUrl, at.model))))
      notify({ type: 'settings-changed' });
    await choices.set(conversationId, choice);
    notify({ type: 'conversation-changed', conversationId });
    return null;
  },
  async 'favour-model'({ baseUrl, model, isFavourite }) {
    if (await changeSettings((stored) => withFavourite(stored, { baseUrl, model }, isFavourite)))
      notify({ type: 'settings-changed' });
    return null;
  },
  async 'provider-models'({ baseUrl, isFresh }, { left }) {
    const provider = findProvider(await loadSettings(), baseUrl);
    if (!provider) throw new StreamError('bad-url', 'This provider is not saved any more.');
    const kept = isFresh ? undefined : await prices.list(baseUrl);
    if (kept && Date.now() - kept.at < FRESH_MS) return kept.models;
    const url = expectBaseUrl(baseUrl);
    const key = await vault.find(new URL(url).origin);
    if (key === undefined && needsKey(provider)) throw new StreamError('no-key', 'No API key is stored.');
    if (!(await hasHostPermission(permissionPattern(url))))
      throw new StreamError('permission', `Runnel may not yet reach ${new URL(url).host}.`);
    const { fetch } = chatDeps;
    const models = await listModels({ baseUrl: url, key, dialect: dialectFor(url), fetch, signal: left });
    void prices.keep(baseUrl, models).catch(() => {});
    return models;
  },
  usage: ({ since }) => usage.since(since),
  'conversation-usage': async ({ conversationId }) => (await usage.ofConversation(conversationId)) ?? null,
  async 'clear-usage'() {
    await usage.clear();
    return null;
  },
};
