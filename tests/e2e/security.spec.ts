// The key goes to one place only, and a page script may ask for nothing without its user's gesture.
import type { CDPSession, Page } from '@playwright/test';
import type { Browser } from 'webextension-polyfill';
import type { Request, RequestType } from '../../lib/protocol/contract.ts';
import { startProvider } from '../provider/server.ts';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import type { Runnel } from './harness/launch.ts';
import { alertCard, expectState, fillOptions, lastReply, selectBlocks, send } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { askWorker, storeConfiguration } from './harness/wire.ts';

declare const chrome: Browser;

/** Evaluates in our script's isolated world of the tab. */
async function inIsolatedWorld(
  runnel: Runnel,
  session: CDPSession,
): Promise<(expression: string) => Promise<unknown>> {
  const worlds: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin === runnel.url('').slice(0, -1)) worlds.push(context.id);
  });
  await session.send('Runtime.enable');
  const contextId = await until('our isolated world', () => worlds.at(-1));
  return async (expression) => {
    const params = { expression, contextId, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', params);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}

/** Everything that stays in a page's own reach. */
async function traces(page: Page): Promise<string> {
  const seen = await page.evaluate(() => ({
    dom: document.documentElement.outerHTML,
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    cookies: document.cookie,
    resources: performance.getEntries().map(({ name }) => name),
    globals: Object.entries(globalThis).map(([name, value]) => `${name}=${String(value)}`),
  }));
  return JSON.stringify(seen);
}

test('the key is nowhere but in the one header', async ({ fresh, provider }) => {
  const said: string[] = [];
  fresh.context.on('console', (message) => said.push(message.text()));
  const options = await fresh.openTab('options.html');
  await fillOptions(options, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
  await expect(options.getByLabel('API key')).toHaveValue('');
  await options.evaluate(() => {
    const heard: string[] = [];
    new BroadcastChannel('runnel').addEventListener('message', ({ data }) =>
      heard.push(JSON.stringify(data)),
    );
    Object.assign(window, { heard });
  });
  await fresh.tab.goto(`${provider.origin}/demo`);
  const popup = await fresh.openPopup();
  await send(popup.page, 'Hello');
  await expectState(lastReply(popup.page), 'done');
  provider.plan({ status: 401, body: { error: { message: `Incorrect API key provided: ${CANARY}` } } });
  await send(popup.page, 'Hello again');
  await expect(alertCard(popup.page)).toBeVisible();
  expect(await traces(popup.page)).not.toContain(CANARY);
  await popup.close();
  await fresh.tab.bringToFront();
  await selectBlocks(fresh.tab, '#p1');
  await chooseMenuItem(fresh, 'translate-selection');
  await waitForBlocks(fresh, /^done$/);

  const world = await inIsolatedWorld(fresh, await fresh.context.newCDPSession(fresh.tab));
  const areas = ['local', 'session', 'sync']
    .map((area) => `chrome.storage.${area}.get(null).catch(String)`)
    .join(', ');
  const places = {
    page: await traces(fresh.tab),
    options: await traces(options),
    isolatedStorage: JSON.stringify(await world(`Promise.all([${areas}])`)),
    isolatedGlobals: JSON.stringify(
      await world(
        'Object.getOwnPropertyNames(globalThis).map((name) => { try { return JSON.stringify(globalThis[name]) } catch { return name } })',
      ),
    ),
    isolatedDatabases: JSON.stringify(await world('indexedDB.databases()')),
    storage: await options.evaluate(async () =>
      JSON.stringify(
        await Promise.all(
          [chrome.storage.local, chrome.storage.session, chrome.storage.sync].map((area) => area.get(null)),
        ),
      ),
    ),
    notices: JSON.stringify(await options.evaluate(() => (window as unknown as { heard: string[] }).heard)),
    console: said.join('\n'),
    requests: JSON.stringify(
      provider.journal.map(({ headers: { authorization: _, ...headers }, ...entry }) => ({
        ...entry,
        headers,
        textSent: '',
      })),
    ),
  };
  for (const [place, text] of Object.entries(places)) expect(text.includes(CANARY), place).toBe(false);
  expect(places.isolatedDatabases).not.toContain('runnel');
  const asked = chatRequests(provider);
  expect(asked.length).toBeGreaterThan(2);
  for (const { headers } of asked) expect(headers.authorization).toBe(`Bearer ${CANARY}`);
  for (const { path, headers } of provider.journal)
    if (!path.startsWith('/v1/')) expect(headers.authorization).toBeUndefined();
});

test('a page script may ask for nothing without a grant', async ({ runnel, provider }) => {
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  const settings = await settingsOf(runnel);
  const before = provider.journal.length;
  const id = 'a-turn-of-nobody';
  const requests: { [T in RequestType]: Extract<Request, { type: T }> } = {
    chat: { type: 'chat', turnId: id, conversationId: id, parentId: null, text: 'Hello' },
    continue: { type: 'continue', turnId: 't' },
    keep: { type: 'keep', turnId: 't' },
    'select-turn': { type: 'select-turn', turnId: 't' },
    'delete-turn': { type: 'delete-turn', turnId: 't' },
    price: { type: 'price', turnId: 't' },
    attach: { type: 'attach', turnId: id, fromSeq: 0 },
    translate: { type: 'translate', segments: [{ id: 1, text: 'A stream begins.' }] },
    'bring-part': { type: 'bring-part', part: 'aids' },
    'show-here': { type: 'show-here', show: 'below' },
    'translate-tab': { type: 'translate-tab', tabId: 1 },
    selection: { type: 'selection' },
    conversation: { type: 'conversation' },
    capture: { type: 'capture', turnId: id },
    'new-conversation': { type: 'new-conversation' },
    conversations: { type: 'conversations' },
    'open-conversation': { type: 'open-conversation', id: 'c1' },
    'temporary-conversation': { type: 'temporary-conversation' },
    'rename-conversation': { type: 'rename-conversation', id: 'c1', title: 'New' },
    'pin-conversation': { type: 'pin-conversation', id: 'c1', isPinned: true },
    'delete-conversation': { type: 'delete-conversation', id: 'c1' },
    'restore-conversation': { type: 'restore-conversation', id: 'c1' },
    'delete-all-conversations': { type: 'delete-all-conversations' },
    'whole-conversation': { type: 'whole-conversation', id: 'c1' },
    'kept-translations': { type: 'kept-translations' },
    'forget-translations': { type: 'forget-translations' },
    settings: { type: 'settings' },
    'save-settings': { type: 'save-settings', settings },
    'put-key': { type: 'put-key', origin: provider.origin, key: 'stolen' },
    'remove-key': { type: 'remove-key', origin: provider.origin },
    'has-key': { type: 'has-key', origin: provider.origin },
    models: { type: 'models', baseUrl: provider.url },
    'test-connection': {
      type: 'test-connection',
      preset: 'custom',
      baseUrl: provider.url,
      model: 'scripted-small',
    },
  };
  const world = await inIsolatedWorld(runnel, await runnel.context.newCDPSession(runnel.tab));
  for (const [type, request] of Object.entries(requests)) {
    const answer = await world(`new Promise((resolve) => {
      const port = chrome.runtime.connect({ name: 'runnel' });
      port.onMessage.addListener((event) => {
        if (event.type === 'done') resolve(event.value?.trouble?.code ?? 'done');
        if (event.type === 'error') resolve(event.trouble.code);
      });
      port.onDisconnect.addListener(() => resolve('closed'));
      port.postMessage(${JSON.stringify(request)});
    })`);
    expect(answer, type).toBe(['bring-part', 'show-here'].includes(type) ? 'done' : 'permission');
  }
  expect(provider.journal).toHaveLength(before);
  // What it may say, it may say of its own site.
  expect((await settingsOf(runnel)).sites).toEqual({ '127.0.0.1': 'below' });
  // And what was there still is.
  const popup = await runnel.openPopup();
  await send(popup.page, 'Hello');
  await expectState(lastReply(popup.page), 'done');
  expect(provider.journal.at(-1)?.headers.authorization).toBe(`Bearer ${CANARY}`);
});

async function settingsOf(runnel: Runnel) {
  const page = await runnel.openTab('options.html');
  const { settings } = await askWorker<'settings'>(page, { type: 'settings' });
  await page.close();
  await runnel.tab.bringToFront();
  return settings;
}

test('a redirect is not followed', async ({ runnel, provider }) => {
  const elsewhere = await startProvider();
  try {
    provider.plan({ redirectTo: `${elsewhere.url}/chat/completions` });
    const popup = await runnel.openPopup();
    await send(popup.page, 'Hello');
    await expect(alertCard(popup.page)).toHaveAttribute('data-code', 'redirect');
    expect(elsewhere.journal).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});

test('another origin never gets the key of the first', async ({ runnel, provider }) => {
  const elsewhere = await startProvider();
  try {
    const page = await runnel.openTab('options.html');
    await storeConfiguration(page, { baseUrl: elsewhere.url });
    await page.close();
    const popup = await runnel.openPopup();
    await send(popup.page, 'Hello').catch(() => {});
    await runnel.stopWorker();
    expect(JSON.stringify(elsewhere.journal)).not.toContain(CANARY);
    expect(chatRequests(provider)).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});
