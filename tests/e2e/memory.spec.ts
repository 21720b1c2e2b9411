// What the worker keeps: after two hundred jobs no more than after twenty. A ratio, so that it holds on any machine.
import type { Page } from '@playwright/test';
import type { Browser } from 'webextension-polyfill';
import { findTargets, tunnelTo } from './harness/cdp.ts';
import { CANARY, expect, type Provider, test } from './harness/fixtures.ts';
import { chooseDirectly, waitForBlocks } from './harness/gesture.ts';
import { launchRunnel, type Runnel } from './harness/launch.ts';
import { selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { drops } from './harness/views.ts';

declare const chrome: Browser;

/** Asks that many questions in a conversation of their own, one after the other, without drawing anything. */
async function chat(page: Page, count: number): Promise<void> {
  const done = await page.evaluate(async (jobs) => {
    const conversationId = crypto.randomUUID();
    const ask = (parentId: string | null, turnId: string) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const port = chrome.runtime.connect({ name: 'runnel' });
      port.onMessage.addListener((message) => {
        const { type } = message as { type: string };
        if (type === 'done') resolve();
        if (type === 'error') reject(new Error(JSON.stringify(message)));
      });
      port.onDisconnect.addListener(() => reject(new Error('the worker is gone')));
      port.postMessage({ type: 'chat', turnId, conversationId, parentId, text: 'Again, please.' });
      return promise;
    };
    let ended = 0;
    let parentId: string | null = null;
    for (; ended < jobs; ended++) {
      const turnId = crypto.randomUUID();
      // A history that grows would make later jobs larger than earlier ones.
      await ask(ended % 5 === 0 ? null : parentId, turnId);
      parentId = turnId;
    }
    return ended;
  }, count);
  expect(done).toBe(count);
}

/** Translates the first blocks of the page and puts the originals back, that many times. */
async function translate(runnel: Runnel, count: number): Promise<void> {
  const { tab } = runnel;
  for (let run = 0; run < count; run++) {
    await selectBlocks(tab, '#p1', '#p3');
    await chooseDirectly(runnel, 'translate-selection');
    await waitForBlocks(runnel, /^done$/);
    await tab.evaluate(() => getSelection()?.removeAllRanges());
    await chooseDirectly(runnel, 'show-original');
    await until('the original', async () => (await tab.locator('[data-runnel]').count()) === 0);
  }
}

/** Bytes of script objects that are still reachable in the worker. */
async function heapOf({ browser, url }: Runnel): Promise<number> {
  const target = (await findTargets(browser, 'service_worker')).find((info) => info.url.startsWith(url('')));
  if (!target) throw new Error('the worker is gone');
  const worker = await tunnelTo(browser, target.targetId);
  try {
    await worker.send('HeapProfiler.enable');
    // What is only weakly held goes with the second collection.
    for (let pass = 0; pass < 3; pass++) await worker.send('HeapProfiler.collectGarbage');
    const { usedSize } = await worker.send<{ usedSize: number }>('Runtime.getHeapUsage');
    return usedSize;
  } finally {
    await worker.close();
  }
}

// What the engine compiles while it warms up is not what jobs leave behind.
const INTERPRETED = '--js-flags=--no-opt --no-maglev --no-sparkplug';

test('the worker keeps no more after two hundred jobs than after twenty', async ({ provider }) => {
  test.setTimeout(120_000);
  provider.planFor(() => true, { rate: 0 });
  provider.planFor(({ body }) => JSON.stringify(body).includes('Again, please.'), {
    text: drops(150),
    rate: 0,
  });
  const runnel = await launchRunnel({ args: [INTERPRETED] });
  try {
    await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
    await runnel.tab.goto(`${provider.origin}/demo`);
    const heaps = await growth(runnel, provider);
    console.log(
      `heap after 20, 65 … 200 jobs: ${heaps.map((size) => `${Math.round(size / 1024)} KiB`).join(', ')}`,
    );
    const ratio = (heaps.at(-1) ?? 0) / (heaps[0] ?? 0);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  } finally {
    await runnel.close();
  }
});

/** Bytes after 20 jobs, and after 65, 110, 155 and 200. */
async function growth(runnel: Runnel, provider: Provider): Promise<number[]> {
  const page = await runnel.openTab('options.html');
  const heaps: number[] = [];
  const work = async (chats: number, translations: number) => {
    await chat(page, chats);
    await runnel.tab.bringToFront();
    await translate(runnel, translations);
    heaps.push(await heapOf(runnel));
    provider.journal.length = 0;
  };
  await work(18, 2);
  for (let part = 0; part < 4; part++) await work(42, 3);
  return heaps;
}
