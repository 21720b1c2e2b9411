// What the worker decides for a page: how its site is shown, in which frame, at what size it asks first, in which language.
import type { Frame } from '@playwright/test';
import type { Settings } from '../../lib/settings/schema.ts';
import { CANARY, chatRequests, expect, type Provider, test } from './harness/fixtures.ts';
import { chooseMenuItem, pressShortcut, waitForBlocks } from './harness/gesture.ts';
import { pressControl, readControl, textOf } from './harness/in-page.ts';
import type { Runnel } from './harness/launch.ts';
import { selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { askWorker } from './harness/wire.ts';

declare const chrome: {
  contextMenus: { onClicked: { dispatch(info: object, tab: object): void } };
  scripting: { executeScript(script: object): Promise<{ frameId: number; result: string }[]> };
  tabs: { query(filter: object): Promise<{ id: number }[]> };
};

async function configure(runnel: Runnel, provider: Provider, more: Partial<Settings>): Promise<void> {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es', more });
}

async function readSettings(runnel: Runnel): Promise<Settings> {
  const page = await runnel.openTab('options.html');
  const { settings } = await askWorker<'settings'>(page, { type: 'settings' });
  await page.close();
  await runnel.tab.bringToFront();
  return settings;
}

async function findFrame({ tab }: Runnel, ending: string): Promise<Frame> {
  const frame = await until('the frame', () => tab.frames().find((one) => one.url().endsWith(ending)));
  await frame.waitForSelector('#p1');
  return frame;
}

const select = (frame: Frame, css: string) =>
  frame.evaluate((found) => {
    getSelection()?.selectAllChildren(document.querySelector(found) ?? document);
    window.focus();
  }, css);

test('a site is shown in its own way, and what is left alone is left alone', async ({ runnel, provider }) => {
  const leftAlone = '#p2\nnot a : selector';
  await configure(runnel, provider, { show: 'bubble', sites: { '127.0.0.1': 'below' }, leftAlone });
  const before = await textOf(runnel.tab, '#p2');
  await selectBlocks(runnel.tab, '#p1', '#p2');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  await expect(runnel.tab.locator('[data-runnel-below]')).toHaveCount(1);
  expect(await textOf(runnel.tab, '#p2')).toBe(before);
  expect(chatRequests(provider)).toHaveLength(1);
  // Somewhere else the general way holds.
  await runnel.tab.goto(`${provider.origin.replace('127.0.0.1', 'localhost')}/demo`);
  await selectBlocks(runnel.tab, '#p3');
  await chooseMenuItem(runnel, 'translate-selection');
  await until('the box is filled', async () => ((await readControl(runnel.tab))?.box.length ?? 0) > 0);
  await expect(runnel.tab.locator('[data-runnel-below]')).toHaveCount(0);
});

test('a language that was used is remembered', async ({ runnel }) => {
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  expect((await readSettings(runnel)).recentLanguages).toEqual(['es']);
});

test('above a size nothing is sent before a person has confirmed it', async ({ runnel, provider }) => {
  await configure(runnel, provider, { confirmAbove: 100 });
  await selectBlocks(runnel.tab, '#p1', '#p3');
  await chooseMenuItem(runnel, 'translate-selection');
  await until('the control asks', async () => (await readControl(runnel.tab))?.offered.includes('confirm'));
  expect(chatRequests(provider)).toHaveLength(0);
  await pressControl(runnel.tab, 'confirm');
  await waitForBlocks(runnel, /^done$/);
  expect(chatRequests(provider).length).toBeGreaterThan(0);
});

test('the shortcut switches between original and translation', async ({ runnel }) => {
  const original = await textOf(runnel.tab, '#p1');
  await selectBlocks(runnel.tab, '#p1');
  await pressShortcut(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  const translation = await textOf(runnel.tab, '#p1');
  expect(translation).not.toBe(original);
  await pressShortcut(runnel, 'toggle-original');
  await expect.poll(() => textOf(runnel.tab, '#p1')).toBe(original);
  await pressShortcut(runnel, 'toggle-original');
  await expect.poll(() => textOf(runnel.tab, '#p1')).toBe(translation);
});

test('the shortcut finds the frame in which something is selected', async ({ runnel, provider }) => {
  await runnel.tab.goto(`${provider.origin}/page/frames`);
  const frame = await findFrame(runnel, '/demo');
  await select(frame, '#p2');
  await pressShortcut(runnel, 'translate-selection');
  await expect(frame.locator('#p2')).toHaveAttribute('data-runnel', 'done', { timeout: 15_000 });
  expect(chatRequests(provider)).toHaveLength(1);
});

test('the text of a frame of another origin is shown in a box at the top', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await tab.goto(`${provider.origin}/page/frames`);
  await findFrame(runnel, '/demo');
  const worker = await runnel.worker();
  await runnel.triggerAction();
  await until('the popup opens', () => runnel.isOpen('popup.html'));
  // While it is of the page's own origin its number can be asked for; it keeps it.
  const frameId = await worker.evaluate(async () => {
    const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    const target = { tabId: active?.id, allFrames: true };
    const frames = await chrome.scripting.executeScript({ target, func: () => location.pathname });
    return frames.find(({ result }) => result === '/demo')?.frameId ?? 0;
  });
  expect(frameId).toBeGreaterThan(0);
  const elsewhere = `${provider.origin.replace('127.0.0.1', 'localhost')}/demo?elsewhere`;
  await tab.evaluate((url) => document.querySelector('iframe')?.setAttribute('src', url), elsewhere);
  const frame = await findFrame(runnel, '?elsewhere');
  await select(frame, '#p1');
  const selectionText = await frame.evaluate(() => String(getSelection()));
  await worker.evaluate(
    async ([id, text]) => {
      const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const info = { menuItemId: 'translate-selection', frameId: id, selectionText: text };
      chrome.contextMenus.onClicked.dispatch(info, active ?? {});
    },
    [frameId, selectionText] as const,
  );
  await until('the box is filled', async () => {
    const { box = [] } = (await readControl(tab)) ?? {};
    return box.join(' ').startsWith('Un arroyo empieza');
  });
  expect(chatRequests(provider)).toHaveLength(1);
  await expect(frame.locator('[data-runnel]')).toHaveCount(0);
});
