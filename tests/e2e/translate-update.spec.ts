// The extension goes while its work stands in a page: updated (which is a reload), switched off, switched on again.
import type { Page } from '@playwright/test';
import { test as base, CANARY, chatRequests, expect } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import {
  expectHealthy,
  expectStates,
  expectUntouched,
  lastClose,
  pressControl,
  readControl,
  requestsFor,
  startHalting,
  textOf,
} from './harness/in-page.ts';
import { launchRunnel, type Runnel } from './harness/launch.ts';
import { selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';

declare const chrome: {
  runtime: { reload(): void };
  management: { setEnabled(id: string, enabled: boolean): Promise<void> };
  developerPrivate: { updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void> };
};

interface Switchable extends Runnel {
  /** What an update does to the pages of the user. */
  reload(): Promise<void>;
  setEnabled(enabled: boolean): Promise<void>;
}

const test = base.extend<{ switchable: Switchable }>({
  /** The extension where it can be loaded again: only among extensions as usual, and in developer mode. */
  switchable: async ({ provider }, use) => {
    const runnel = await launchRunnel({ without: ['--disable-extensions', '--disable-extensions-except'] });
    const manager = await runnel.context.newPage();
    await manager.goto('chrome://extensions');
    await manager.evaluate(() =>
      chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }),
    );
    await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
    await runnel.tab.goto(`${provider.origin}/demo`);
    await runnel.tab.bringToFront();
    const setEnabled = (enabled: boolean) =>
      manager.evaluate(([id, on]) => chrome.management.setEnabled(id, on), [runnel.id, enabled] as const);
    await use({
      ...runnel,
      setEnabled,
      async reload() {
        const old = await runnel.worker();
        // The worker that is asked does not live to answer.
        await old.evaluate(() => chrome.runtime.reload()).catch(() => {});
        await until(
          'the next worker runs',
          async () => (await runnel.workerRuns()) && (await runnel.worker()) !== old,
        );
      },
    });
    await runnel.close();
  },
});

async function expectOnlyTheWhole(tab: Page, original: string | null): Promise<void> {
  await expectStates(tab, ['done', null, null]);
  expect(await textOf(tab, '#p2')).toBe(original);
  expect(await textOf(tab, '#habits')).toBe('Four habits of moving water');
  await until('the control goes', async () => (await readControl(tab)) === undefined);
}

for (const { how, go, back } of [
  { how: 'updated', go: (runnel: Switchable) => runnel.reload(), back: async () => {} },
  {
    how: 'switched off',
    go: (runnel: Switchable) => runnel.setEnabled(false),
    back: (runnel: Switchable) => runnel.setEnabled(true),
  },
]) {
  test(`in a run, when the extension is ${how}, what is whole stays and the rest goes back`, async ({
    switchable,
    provider,
  }) => {
    const { tab } = switchable;
    const html = await tab.evaluate(() => document.documentElement.outerHTML);
    const original = await textOf(tab, '#p2');
    await startHalting(switchable, provider);
    const left = Date.now();
    await go(switchable);
    expect((await lastClose(provider)) - left).toBeLessThan(1000);
    await expectOnlyTheWhole(tab, original);
    expect(chatRequests(provider)).toHaveLength(3);
    expect(switchable.troubles).toEqual([]);

    await back(switchable);
    provider.reset();
    await selectBlocks(tab, '#p2');
    await chooseMenuItem(switchable, 'translate-selection');
    await expectStates(tab, ['done', 'done', null]);
    expect(requestsFor(provider, '#p2')).toHaveLength(1);
    expect(chatRequests(provider)).toHaveLength(1);
    await pressControl(tab, 'restore');
    await expect.poll(() => tab.evaluate(() => document.documentElement.outerHTML)).toBe(html);
    await expectHealthy(switchable, provider);
  });
}

test('a finished translation outlives an update, and its control still works', async ({
  switchable,
  provider,
}) => {
  const { tab } = switchable;
  await switchable.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const html = await tab.evaluate(() => document.documentElement.outerHTML);
  await selectBlocks(tab, '#p1', '#habits');
  await chooseMenuItem(switchable, 'translate-selection');
  await waitForBlocks(switchable, /^done$/);
  const translated = await textOf(tab, '#p1');
  await switchable.reload();
  expect(await textOf(tab, '#p1')).toBe(translated);
  await pressControl(tab, 'copy');
  await expect.poll(async () => (await readControl(tab))?.text).toContain('Copied');
  expect(await tab.evaluate(() => navigator.clipboard.readText())).toContain(translated?.trim().slice(0, 20));
  await pressControl(tab, 'restore');
  await expectUntouched(tab);
  expect(await tab.evaluate(() => document.documentElement.outerHTML)).toBe(html);
  await expectHealthy(switchable, provider);
});

test('a gesture after an update starts from the originals, and Show original undoes both versions', async ({
  switchable,
  provider,
}) => {
  const { tab } = switchable;
  const html = await tab.evaluate(() => document.documentElement.outerHTML);
  await selectBlocks(tab, '#p1', '#p2');
  await chooseMenuItem(switchable, 'translate-selection');
  await waitForBlocks(switchable, /^done$/);
  await switchable.reload();
  provider.reset();
  await selectBlocks(tab, '#p2', '#habits');
  await chooseMenuItem(switchable, 'translate-selection');
  await expectStates(tab, ['done', 'done', 'done']);
  await until('the run is over', async () => (await readControl(tab))?.offered.includes('restore'));
  // The second paragraph is known: it was asked for before, as the same original.
  expect([requestsFor(provider, '#p2').length, requestsFor(provider, '#habits').length]).toEqual([0, 1]);
  expect(chatRequests(provider)).toHaveLength(1);
  await chooseMenuItem(switchable, 'show-original', '');
  await expect.poll(() => tab.evaluate(() => document.documentElement.outerHTML)).toBe(html);
  await expectHealthy(switchable, provider);
});

test('Retry on what an old version left asks nothing and goes quietly', async ({ switchable, provider }) => {
  const { tab } = switchable;
  const original = await textOf(tab, '#p2');
  await startHalting(switchable, provider);
  await tab.bringToFront();
  await tab.keyboard.press('Escape');
  await expectStates(tab, ['done', 'partial', null]);
  await switchable.reload();
  await pressControl(tab, 'continue');
  await expectOnlyTheWhole(tab, original);
  expect(chatRequests(provider)).toHaveLength(3);
  await expectHealthy(switchable, provider);
});
