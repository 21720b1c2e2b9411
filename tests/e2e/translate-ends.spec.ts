// A run ends with its document, and a page without a gesture gets nothing.
import { chromium, type Page } from '@playwright/test';
import { chatRequests, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import {
  BLOCKS,
  expectHealthy,
  expectUntouched,
  lastClose,
  requestsFor,
  startHalting,
  textOf,
} from './harness/in-page.ts';
import type { Runnel } from './harness/launch.ts';
import { expectBrowser } from './harness/places.ts';
import { selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';

for (const { how, leave } of [
  { how: 'is closed', leave: (tab: Page) => tab.close() },
  { how: 'goes to another page', leave: (tab: Page) => tab.goto('about:blank') },
  { how: 'is reloaded', leave: (tab: Page) => tab.reload() },
  { how: 'crashes', leave: (tab: Page) => tab.goto('chrome://crash').catch(() => {}) },
]) {
  test(`the server sees the end within 1 s when the tab ${how}`, async ({ runnel, provider }) => {
    // The last tab takes the browser with it.
    await runnel.context.newPage();
    await runnel.tab.bringToFront();
    await startHalting(runnel, provider);
    let left = Date.now();
    // Writing down why it crashed takes the browser a while; the renderer is gone after it.
    runnel.tab.once('crash', () => (left = Date.now()));
    // A crash is no answer to who asked for it.
    await Promise.race([leave(runnel.tab), lastClose(provider)]);
    expect((await lastClose(provider)) - left).toBeLessThan(1000);
    expect(chatRequests(provider)).toHaveLength(3);
    expect(BLOCKS.map((block) => requestsFor(provider, block)[0]?.aborted)).toEqual([false, true, true]);
    await expectHealthy(runnel, provider);
  });
}

test('the server sees the end within 1 s when the frame is removed', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await tab.goto(`${provider.origin}/page/frames`);
  const frame = await until('the frame', () => tab.frames().find((one) => one.url().endsWith('/demo')));
  await frame.waitForSelector('#p1');
  provider.planFor(() => true, { stallAfter: 6 });
  await frame.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#p1') ?? document));
  await translateInFrame(runnel, '/demo');
  await until('a block streams', () => frame.locator('[data-runnel=streaming]').count());
  const left = Date.now();
  await tab.evaluate(() => document.querySelector('iframe')?.remove());
  expect((await lastClose(provider)) - left).toBeLessThan(1000);
  expect(chatRequests(provider)).toHaveLength(1);
  await expectUntouched(tab);
  await expectHealthy(runnel, provider);
});

test('going to another place of the same document ends nothing', async ({ runnel, provider }) => {
  const { tab } = runnel;
  provider.planFor(() => true, { rate: 12 });
  await selectBlocks(tab, '#p1', '#p2');
  await chooseMenuItem(runnel, 'translate-selection');
  await until('both blocks stream', async () => (await tab.locator('[data-runnel=streaming]').count()) === 2);
  const length = async () => (await textOf(tab, '#p1'))?.length;
  for (const go of [
    () => history.pushState({}, '', '/pushed'),
    () => history.replaceState({}, '', '/replaced?x=1'),
    () => location.assign('#place'),
    () => history.back(),
  ]) {
    const before = await length();
    await tab.evaluate(go);
    await until('text goes on', async () => (await length()) !== before);
    expect(await tab.locator('[data-runnel=streaming]').count()).toBe(2);
  }
  const states = await waitForBlocks(runnel, /^done$/);
  expect(states).toEqual(['done', 'done']);
  expect(chatRequests(provider).map(({ aborted }) => aborted)).toEqual([false, false]);
  await expectHealthy(runnel, provider);
});

declare const chrome: {
  contextMenus: { onClicked: { dispatch(info: object, tab: object): void } };
  scripting: {
    executeScript(script: object): Promise<{ frameId: number; result: string }[]>;
  };
  tabs: { query(filter: object): Promise<{ id: number }[]> };
};

/** The menu of a frame, found by the end of its address. */
async function translateInFrame(runnel: Runnel, ending: string): Promise<void> {
  await runnel.triggerAction();
  await until('the popup opens', () => runnel.isOpen('popup.html'));
  const worker = await runnel.worker();
  await worker.evaluate(async (end) => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    if (!tab) throw new Error('no tab');
    const target = { tabId: tab.id, allFrames: true };
    const frames = await chrome.scripting.executeScript({ target, func: () => location.href });
    const frameId = frames.find(({ result }) => result.endsWith(end))?.frameId;
    chrome.contextMenus.onClicked.dispatch({ menuItemId: 'translate-selection', frameId }, tab);
  }, ending);
}

/** Everything a page can see of an extension. */
async function lookAround(page: Page): Promise<unknown> {
  return await page.evaluate(() => ({
    dom: document.documentElement.outerHTML,
    globals: Object.getOwnPropertyNames(globalThis).toSorted(),
    // The browser asks for the icon when it likes.
    resources: performance
      .getEntriesByType('resource')
      .map((entry) => new URL(entry.name).pathname)
      .filter((path) => path !== '/favicon.ico'),
    sheets: document.styleSheets.length,
    adopted: document.adoptedStyleSheets.length,
    storage: [Object.keys(localStorage), Object.keys(sessionStorage)],
  }));
}

test('a page gets nothing without a gesture', async ({ runnel, provider }) => {
  await selectBlocks(runnel.tab, '#p1', '#p2');
  const withExtension = await lookAround(runnel.tab);
  const plain = await chromium.launch({ executablePath: expectBrowser('CHROMIUM') });
  try {
    const page = await plain.newPage();
    await page.goto(`${provider.origin}/demo`);
    expect(withExtension).toEqual(await lookAround(page));
  } finally {
    await plain.close();
  }
  expect(chatRequests(provider)).toEqual([]);
});
