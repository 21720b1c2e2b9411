// The dispatch table: one request, one handler.

import { realClock } from '../../lib/engine/timeouts.ts';
import { askChat, attach, continueChat, keepTurn } from '../../lib/jobs/ask-chat.ts';
import { askTranslate } from '../../lib/jobs/ask-translate.ts';
import { listModels } from '../../lib/jobs/list-models.ts';
import { createSegmentRelay } from '../../lib/jobs/segment-relay.ts';
import { withShownAttachments } from '../../lib/jobs/shown-attachments.ts';
import { testConnection } from '../../lib/jobs/test-connection.ts';
import { findSelection, injectPart } from '../../lib/platform/page.ts';
import { hasHostPermission } from '../../lib/platform/permissions.ts';
import type { SettingsView } from '../../lib/protocol/contract.ts';
import type { Handlers } from '../../lib/protocol/server.ts';
import { dialectFor } from '../../lib/providers/dialect-for.ts';
import { needsKey } from '../../lib/providers/presets.ts';
import { expectBaseUrl, permissionPattern } from '../../lib/settings/base-url.ts';
import { findProvider } from '../../lib/settings/providers.ts';
import type { Settings } from '../../lib/settings/schema.ts';
import { findHost, withSite } from '../../lib/settings/sites.ts';
import { changeSettings, loadSettings } from '../../lib/settings/stored.ts';
import {
  badge,
  captures,
  chatDeps,
  ledger,
  notify,
  prices,
  ready,
  shelving,
  translateDeps,
  translations,
  vault,
} from './dependencies.ts';
import { translateTab } from './gestures.ts';
import { historyHandlers } from './history-handlers.ts';
import { modelHandlers } from './model-handlers.ts';
import { turnEdits, turnHandlers } from './turn-handlers.ts';

const newId = () => crypto.randomUUID();

export const handlers: Handlers = {
  ...modelHandlers,
  ...historyHandlers,
  async chat({ type: _, turnId: id, text: userText, ...rest }, call) {
    await ready;
    await turnEdits.settled();
    const turn = { ...rest, id, userText, createdAt: Date.now() };
    return askChat(chatDeps, turn, call);
  },
  async continue({ turnId }, call) {
    await ready;
    await turnEdits.settled();
    return continueChat(chatDeps, turnId, call);
  },
  async keep({ turnId }) {
    await ready;
    return keepTurn(chatDeps, turnId);
  },
  async attach({ turnId, fromSeq }, call) {
    await ready;
    return attach(chatDeps, turnId, fromSeq, call);
  },
  async translate(request, { post, ...call }) {
    const relay = createSegmentRelay(post, realClock.after);
    return askTranslate(translateDeps, request, { ...call, post: relay.post }).finally(relay.flush);
  },
  async 'bring-part'({ part }, { sender: { tabId, frameId } }) {
    if (tabId !== undefined && frameId !== undefined) await injectPart(tabId, frameId, part);
    return null;
  },
  async 'show-here'({ show }, { sender }) {
    const { tabId, frameId, tabUrl, url } = sender;
    // A frame is shown as the page it is in; of itself it says nothing about that.
    const host = findHost(tabUrl ?? (frameId === 0 ? url : undefined));
    // The options page may be open, and saves what it knows.
    if (host !== undefined && (await changeSettings((stored) => withSite(stored, host, show))))
      notify({ type: 'settings-changed' });
    if (show === 'below' && tabId !== undefined && frameId !== undefined)
      await injectPart(tabId, frameId, 'below').catch(() => {});
    return null;
  },
  async 'translate-tab'({ tabId }) {
    await translateTab({ tabId, windowId: undefined, frameId: 0, selectionText: undefined });
    return null;
  },
  selection: async ({ tabId }) => (await findSelection(tabId)) ?? null,
  async conversation({ id }) {
    await ready;
    // Whoever opens Runnel after the badge called wants to see why it did.
    const view = await shelving.withLive(await ledger.view(id ?? (await badge.findUnseen()), newId));
    return { ...view, turns: withShownAttachments(view.turns) };
  },
  ...turnHandlers,
  capture: async ({ turnId }) => captures.find(turnId),
  async 'new-conversation'() {
    const view = await shelving.begin(false);
    notify({ type: 'conversation-changed', conversationId: view.id });
    return view;
  },
  'kept-translations': () => translations.size(),
  async 'forget-translations'() {
    await translations.clear();
    return null;
  },
  settings: () => viewSettings(),
  async 'save-settings'({ settings }) {
    const baseUrl = expectBaseUrl(settings.baseUrl);
    // No view changes what was used last, and one that is open does not know it.
    const others = settings.others
      .map((other) => ({ ...other, baseUrl: expectBaseUrl(other.baseUrl) }))
      .filter((other) => other.baseUrl !== baseUrl);
    await changeSettings(({ recentLanguages }) => ({ ...settings, baseUrl, others, recentLanguages }));
    notify({ type: 'settings-changed' });
    return viewSettings();
  },
  async 'put-key'({ origin, key }) {
    await vault.put(originOf(origin), key);
    notify({ type: 'settings-changed' });
    return null;
  },
  async 'remove-key'({ origin }) {
    await vault.remove(originOf(origin));
    notify({ type: 'settings-changed' });
    return null;
  },
  'has-key': ({ origin }) => vault.has(originOf(origin)),
  async models({ baseUrl, key }, { left }) {
    const url = expectBaseUrl(baseUrl);
    const models = await listModels({ ...(await reach(url, key)), signal: left });
    if (findProvider(await loadSettings(), url)) void prices.keep(url, models).catch(() => {});
    return models;
  },
  async 'test-connection'({ preset, baseUrl, model, key }, { post, stopped, left }) {
    const url = expectBaseUrl(baseUrl);
    const signal = AbortSignal.any([stopped, left]);
    await testConnection(
      {
        ...(await reach(url, key)),
        model,
        needsKey: needsKey({ preset, baseUrl: url }),
        clock: chatDeps.clock,
        signal,
        hasPermission: () => hasHostPermission(permissionPattern(url)),
      },
      (check) => post({ type: 'check', check }),
    );
    return null;
  },
};

/** What a request to `baseUrl` needs: the key given, else the one stored for that origin and no other. */
async function reach(baseUrl: string, key: string | undefined) {
  const { fetch } = chatDeps;
  const stored = key ?? (await vault.find(originOf(baseUrl)));
  return { baseUrl, key: stored, dialect: dialectFor(baseUrl), fetch };
}

async function viewSettings(): Promise<SettingsView> {
  const settings = await loadSettings();
  const { model } = settings;
  const [current, ...others] = await Promise.all([settings, ...settings.others].map(stateOf));
  const { hasKey = false, hasPermission = false, isReady = false } = current ?? {};
  const othersReady = settings.others
    .filter((_, index) => others[index]?.isReady)
    .map((other) => other.baseUrl);
  return { settings, hasKey, hasPermission, ready: isReady && model !== '', othersReady };
}

async function stateOf(provider: Pick<Settings, 'preset' | 'baseUrl'>) {
  const { baseUrl } = provider;
  const [hasKey, hasPermission] = await Promise.all([
    vault.has(originOf(baseUrl)),
    hasHostPermission(permissionPattern(baseUrl)),
  ]);
  return { hasKey, hasPermission, isReady: hasPermission && (hasKey || !needsKey(provider)) };
}

function originOf(url: string): string {
  return new URL(expectBaseUrl(url)).origin;
}
