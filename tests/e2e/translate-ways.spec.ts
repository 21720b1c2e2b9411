// Where a translation is shown and in which language, as its reader changes it in the page; one block asked for again; the original at
// a glance. `SHOTS=1` keeps pictures.
import { mkdirSync } from 'node:fs';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import {
  chooseInControl,
  expectUntouched,
  pressControl,
  pressMark,
  readControl,
  readTip,
  requestsFor,
  startHalting,
  textOf,
} from './harness/in-page.ts';
import type { Runnel } from './harness/launch.ts';
import { selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';

async function picture({ tab }: Runnel, name: string): Promise<void> {
  if (!process.env['SHOTS']) return;
  mkdirSync('.artifacts/ways', { recursive: true });
  await tab.screenshot({ path: `.artifacts/ways/${name}.png` });
}

async function translate(runnel: Runnel, from = '#p1', to = '#habits'): Promise<void> {
  await selectBlocks(runnel.tab, from, to);
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
}

const html = ({ tab }: Runnel) => tab.evaluate(() => document.body.innerHTML);
const below = '[data-runnel-below]';

test('from in place to below to a box and back, asking for nothing', async ({ runnel, provider }) => {
  const { tab } = runnel;
  const before = await html(runnel);
  await translate(runnel);
  await picture(runnel, 'in-place');
  const asked = chatRequests(provider).length;
  const translated = (await textOf(tab, '#p1'))?.trim();
  await pressControl(tab, 'more');
  await picture(runnel, 'more');
  await chooseInControl(tab, 'show', 'ArrowDown');
  await expect(tab.locator(`#p1 > ${below}`)).toHaveText(translated ?? '');
  await picture(runnel, 'below');
  await chooseInControl(tab, 'show', 'End');
  await until('the box is filled', async () => (await readControl(tab))?.box[0] === translated);
  expect(await html(runnel)).toBe(before);
  await picture(runnel, 'box');
  await chooseInControl(tab, 'show', 'Home');
  await expect(tab.locator('#p1')).toHaveText(translated ?? '');
  expect(chatRequests(provider)).toHaveLength(asked);
  await pressControl(tab, 'restore');
  await expectUntouched(tab);
  expect(await html(runnel)).toBe(before);
});

test('the way that was chosen holds on this site from then on', async ({ runnel }) => {
  const { tab } = runnel;
  await translate(runnel, '#p1', '#p1');
  await pressControl(tab, 'more');
  await chooseInControl(tab, 'show', 'ArrowDown');
  await expect(tab.locator(`#p1 > ${below}`)).toHaveCount(1);
  await tab.reload();
  await translate(runnel, '#p2', '#p2');
  await expect(tab.locator(`#p2 > ${below}`)).toHaveAttribute('data-runnel', 'done');
});

test('another language is asked for in the control, and the page follows', async ({ runnel, provider }) => {
  const { tab } = runnel;
  const before = await html(runnel);
  await translate(runnel, '#p1', '#p2');
  const asked = chatRequests(provider).length;
  await chooseInControl(tab, 'language', 'a', 'r', 'a');
  await expect(tab.locator('#p1')).toHaveAttribute('lang', 'ar');
  await waitForBlocks(runnel, /^done$/);
  await expect(tab.locator('#p1')).toHaveAttribute('dir', 'rtl');
  await picture(runnel, 'arabic');
  expect(chatRequests(provider).length).toBeGreaterThan(asked);
  await pressControl(tab, 'restore');
  expect(await html(runnel)).toBe(before);
});

test('a block that failed is asked for again alone, by its mark', async ({ runnel, provider }) => {
  const { tab } = runnel;
  const answersAgain = provider.planFor(({ body }) => JSON.stringify(body).includes('Nobody waits'), {
    status: 400,
  });
  await selectBlocks(tab, '#p1', '#habits');
  await chooseMenuItem(runnel, 'translate-selection');
  await expect(tab.locator('#p2')).toHaveAttribute('data-runnel', 'failed', { timeout: 15_000 });
  await until('the run ends', async () => (await readControl(tab))?.offered.includes('retry'));
  await picture(runnel, 'failed');
  const asked = chatRequests(provider).length;
  answersAgain();
  await pressMark(tab, '#p2');
  await waitForBlocks(runnel, /^done$/);
  expect(chatRequests(provider)).toHaveLength(asked + 1);
  expect(requestsFor(provider, '#p2').length).toBeGreaterThan(1);
});

test('what was cut goes on from what came', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await startHalting(runnel, provider);
  const begun = await textOf(tab, '#p2');
  await picture(runnel, 'streaming');
  await pressControl(tab, 'stop');
  await expect(tab.locator('#p2')).toHaveAttribute('data-runnel', 'partial');
  await picture(runnel, 'stopped');
  expect(await textOf(tab, '#p2')).toBe(begun);
  provider.planFor(() => true, {});
  await pressControl(tab, 'continue');
  await waitForBlocks(runnel, /^done$/);
  expect(requestsFor(provider, '#p2')).toHaveLength(2);
  const [, again] = requestsFor(provider, '#p2');
  expect(JSON.stringify(again?.body)).toContain('assistant');
});

test('the original is seen while the pointer rests on a translation', async ({ runnel }) => {
  const { tab } = runnel;
  const original = (await textOf(tab, '#p1'))?.replace(/\s+/g, ' ').trim();
  await translate(runnel);
  await tab.locator('#p1').hover();
  await until('the original is shown', async () => (await readTip(tab)) === original);
  await picture(runnel, 'hover');
  await tab.keyboard.press('Escape');
  expect(await readTip(tab)).toBeUndefined();
});

test('below, on a dark page, right to left', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await runnel.configure({
    baseUrl: provider.url,
    key: CANARY,
    language: 'ar',
    more: { show: 'below' },
  });
  await tab.emulateMedia({ colorScheme: 'dark' });
  await tab.addStyleTag({ content: 'body { background: #14181b; color: #d8dee2 } a { color: #6cc }' });
  await translate(runnel);
  const ours = tab.locator(below).first();
  await expect(ours).toHaveAttribute('dir', 'rtl');
  await picture(runnel, 'below-dark-arabic');
});
