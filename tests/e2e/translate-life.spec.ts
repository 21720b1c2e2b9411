// A translation outlives what can be outlived, and tells the truth about the rest: the back/forward cache, the end of the worker.
import type { Page } from '@playwright/test';
import { test as base, CANARY, chatRequests, expect, type Provider } from './harness/fixtures.ts';
import {
  BLOCKS,
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
import { until } from './harness/until.ts';

const test = base.extend<{ cached: Runnel }>({
  /** The extension in a browser with a back/forward cache, which Playwright switches off. */
  cached: async ({ provider }, use) => {
    const runnel = await launchRunnel({ without: ['--disable-back-forward-cache'] });
    await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
    await runnel.tab.goto(`${provider.origin}/demo`);
    await use(runnel);
    await runnel.close();
  },
});

/** Goes to another page and waits until the server has seen the end. Resolves with how long that took, milliseconds. */
async function goAway(tab: Page, provider: Provider): Promise<number> {
  await tab.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { wasKept: persisted }));
  });
  const left = Date.now();
  await tab.goto(`${provider.origin}/page/rtl`);
  return (await lastClose(provider)) - left;
}

/** `page.goBack()` waits for a load that a page from the cache does not have. */
async function comeBack(tab: Page): Promise<boolean> {
  await tab.evaluate(() => history.back()).catch(() => {});
  return await until('the page is back', async () => {
    const found = await tab.evaluate(() => ({
      path: location.pathname,
      wasKept: (window as { wasKept?: boolean }).wasKept === true,
    }));
    return found.path === '/demo' && found;
  }).then(({ wasKept }) => wasKept);
}

/** Presses Retry on the control: the two blocks that are not whole are asked for, once, and are whole then. */
async function retryTheRest(tab: Page, provider: Provider): Promise<void> {
  const whole = await textOf(tab, '#p1');
  provider.reset();
  await pressControl(tab, 'retry');
  await expectStates(tab, ['done', 'done', 'done']);
  expect(BLOCKS.map((block) => requestsFor(provider, block).length)).toEqual([0, 1, 1]);
  expect(chatRequests(provider)).toHaveLength(2);
  expect(await textOf(tab, '#p1')).toBe(whole);
  expect((await readControl(tab))?.offered).toEqual(['restore', 'copy', 'close']);
}

for (const { when, between } of [
  { when: 'at once', between: async () => {} },
  { when: 'after the worker has died', between: (runnel: Runnel) => runnel.stopWorker() },
]) {
  test(`a page that comes back ${when} shows what it had, and Retry goes on`, async ({
    cached,
    provider,
  }) => {
    const { tab } = cached;
    await startHalting(cached, provider);
    const begun = await textOf(tab, '#p2');
    expect(await goAway(tab, provider)).toBeLessThan(1000);
    await between(cached);
    await tab.bringToFront();
    expect(await comeBack(tab)).toBe(true);
    await expectStates(tab, ['done', 'partial', 'failed']);
    expect(await textOf(tab, '#p2')).toBe(begun);
    expect(chatRequests(provider)).toHaveLength(3);
    expect((await readControl(tab))?.offered).toContain('retry');
    await retryTheRest(tab, provider);
    await expectHealthy(cached, provider);
  });
}

test('a page that comes back keeps its Retry though another was translated meanwhile', async ({
  cached,
  provider,
}) => {
  const { tab } = cached;
  await startHalting(cached, provider);
  await goAway(tab, provider);
  provider.reset();
  await tab.goto(`${provider.origin}/demo?another`);
  await startHalting(cached, provider);
  await lastCloseAfter(() => tab.evaluate(() => history.go(-2)).catch(() => {}), provider);
  await until('the page is back', () =>
    tab.evaluate(() => location.search === '' && location.pathname === '/demo'),
  );
  await expectStates(tab, ['done', 'partial', 'failed']);
  await retryTheRest(tab, provider);
  expect(cached.troubles).toEqual([]);
});

async function lastCloseAfter(act: () => Promise<void>, provider: Provider): Promise<void> {
  await act();
  await lastClose(provider);
}

test('nothing of ours is in a page that is loaded anew', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await startHalting(runnel, provider);
  await goAway(tab, provider);
  expect(await comeBack(tab)).toBe(false);
  await expectUntouched(tab);
  await expectHealthy(runnel, provider);
});

test('when the worker dies the blocks say so, and Retry needs no new gesture', async ({
  runnel,
  provider,
}) => {
  const { tab } = runnel;
  await startHalting(runnel, provider);
  const begun = await textOf(tab, '#p2');
  await runnel.stopWorker();
  await expectStates(tab, ['done', 'partial', 'failed']);
  await lastClose(provider);
  expect(await textOf(tab, '#p2')).toBe(begun);
  const control = await readControl(tab);
  expect(control?.offered).toEqual(['retry', 'restore', 'copy', 'close']);
  expect(control?.text).toContain('1 of 3');
  expect(chatRequests(provider)).toHaveLength(3);
  await retryTheRest(tab, provider);
  await expectHealthy(runnel, provider);
});

test('a second death in the Retry is one more Retry', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await startHalting(runnel, provider);
  await runnel.stopWorker();
  await expectStates(tab, ['done', 'partial', 'failed']);
  await tab.bringToFront();
  await pressControl(tab, 'retry');
  await expectStates(tab, ['done', 'streaming', 'waiting']);
  await runnel.stopWorker();
  await expectStates(tab, ['done', 'partial', 'failed']);
  await lastClose(provider);
  await retryTheRest(tab, provider);
  await expectHealthy(runnel, provider);
});
