// A translation outlives what can be outlived, and tells the truth about the rest: the back/forward cache, the end of the worker.
import type { Page } from '@playwright/test';
import { test as base, CANARY, chatRequests, expect, type Provider } from './harness/fixtures.ts';
import { chooseMenuItem } from './harness/gesture.ts';
import {
  BLOCKS,
  expectHealthy,
  expectStates,
  expectUntouched,
  killWorker,
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
  await pressControl(tab, 'continue');
  await expectStates(tab, ['done', 'done', 'done']);
  expect(BLOCKS.map((block) => requestsFor(provider, block).length)).toEqual([0, 1, 1]);
  expect(chatRequests(provider)).toHaveLength(2);
  expect(await textOf(tab, '#p1')).toBe(whole);
  expect((await readControl(tab))?.offered).toEqual([
    'switch',
    'restore',
    'copy',
    'more',
    'close',
    'copy-both',
  ]);
}

for (const { when, between } of [
  { when: 'at once', between: async () => {} },
  { when: 'after the worker has died', between: killWorker },
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
    expect(await comeBack(tab)).toBe(true);
    await expectStates(tab, ['done', 'partial', 'failed']);
    expect(await textOf(tab, '#p2')).toBe(begun);
    expect(chatRequests(provider)).toHaveLength(3);
    expect((await readControl(tab))?.offered).toContain('continue');
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
  await startHalting(cached, provider, 2);
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
  await killWorker(runnel);
  await expectStates(tab, ['done', 'partial', 'failed']);
  await lastClose(provider);
  expect(await textOf(tab, '#p2')).toBe(begun);
  const control = await readControl(tab);
  expect(control?.offered).toEqual(['continue', 'switch', 'restore', 'copy', 'more', 'close', 'copy-both']);
  expect(control?.text).toContain('1 of 3');
  expect(chatRequests(provider)).toHaveLength(3);
  await retryTheRest(tab, provider);
  await expectHealthy(runnel, provider);
});

test('a second death in the Retry is one more Retry', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await startHalting(runnel, provider);
  await killWorker(runnel);
  await expectStates(tab, ['done', 'partial', 'failed']);
  await pressControl(tab, 'continue');
  await expectStates(tab, ['done', 'streaming', 'waiting']);
  await killWorker(runnel);
  await expectStates(tab, ['done', 'partial', 'failed']);
  await lastClose(provider);
  await retryTheRest(tab, provider);
  await expectHealthy(runnel, provider);
});

declare const chrome: {
  storage: { session: { set(items: object): Promise<void>; clear(): Promise<void> } };
};

/** Fills what the browser gives to an extension for a session. Of values shorter than this Chromium takes any number. */
async function fillSession(view: Page): Promise<void> {
  await view.evaluate(async () => {
    let [size, index] = [1 << 20, 0];
    while (size >= 32) {
      index += 1;
      const isFull = await chrome.storage.session.set({ [`x${index}`]: 'x'.repeat(size) }).catch(() => true);
      if (isFull) size = Math.floor(size / 2);
    }
  });
}

test('with a full session storage a gesture translates, and what cannot be kept is no grant', async ({
  runnel,
  provider,
}) => {
  const { tab } = runnel;
  const view = await runnel.openTab('options.html');
  await fillSession(view);
  const rejections = await watchRejections(runnel);
  await tab.bringToFront();
  await startHalting(runnel, provider);
  expect(await rejections()).toEqual([]);
  await killWorker(runnel);
  await expectStates(tab, ['done', 'partial', 'failed']);
  await pressControl(tab, 'continue');
  await until('Retry is refused', async () => (await readControl(tab))?.text.includes('shortcut'));
  expect(chatRequests(provider)).toHaveLength(3);
  await expectStates(tab, ['done', 'partial', 'failed']);

  await view.evaluate(() => chrome.storage.session.clear());
  await tab.bringToFront();
  provider.reset();
  await tab.evaluate(() => getSelection()?.removeAllRanges());
  await chooseMenuItem(runnel, 'translate-selection');
  await expectStates(tab, ['done', 'done', 'done']);
  expect(chatRequests(provider)).toHaveLength(2);
  await expectHealthy(runnel, provider);
});

/** Rejections that nobody handles, from now until the worker ends. */
async function watchRejections(runnel: Runnel): Promise<() => Promise<string[]>> {
  const worker = await runnel.worker();
  await worker.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seenRejections: seen });
    addEventListener('unhandledrejection', ({ reason }) => seen.push(String(reason)));
  });
  return () => worker.evaluate(() => (globalThis as unknown as { seenRejections: string[] }).seenRejections);
}
