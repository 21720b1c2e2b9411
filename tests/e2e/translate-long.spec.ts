// Long selections: what is in sight comes first, the page scrolls meanwhile, nothing is kept afterwards, and a second time asks for
// nothing. And a list whose rows are used again while it scrolls.
import type { CDPSession, Page } from '@playwright/test';
import { mirrorWords } from '../provider/mirror.ts';
import { command } from './harness/cdp.ts';
import { CANARY, chatRequests, expect, type Provider, test } from './harness/fixtures.ts';
import { chooseDirectly, waitForBlocks } from './harness/gesture.ts';
import type { Runnel } from './harness/launch.ts';
import { recordTasks } from './harness/main-thread.ts';
import { selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';

const PARAGRAPHS = 200;
/** As many as make three requests with a few paragraphs each. */
const LEAD = 16;

async function openLong(runnel: Runnel, provider: Provider, rate: number): Promise<void> {
  const { tab } = runnel;
  // So long a selection is asked about first otherwise.
  const more = { confirmAbove: 0 };
  await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es', more });
  provider.planFor(() => true, { mirror: 'words', rate });
  await tab.goto(`${provider.origin}/page/prose?n=${PARAGRAPHS}&tokens=9000`);
}

async function translateAll(runnel: Runnel): Promise<void> {
  await selectBlocks(runnel.tab, '#prose');
  await chooseDirectly(runnel, 'translate-selection');
}

async function restoreAll(runnel: Runnel): Promise<void> {
  await chooseDirectly(runnel, 'show-original');
  await expect(runnel.tab.locator('[data-runnel]')).toHaveCount(0);
}

const allText = (tab: Page) => tab.locator('#prose').evaluate((prose) => prose.textContent);

test('of two hundred paragraphs those in sight are translated first', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await openLong(runnel, provider, 2000);
  const before = await tab.evaluate(() => document.body.outerHTML);
  const source = await allText(tab);
  await tab.locator('#p120').evaluate((block) => block.scrollIntoView());
  const inSight = await tab.evaluate(() => {
    const done: string[] = [];
    Object.assign(window, { done });
    new MutationObserver((records) => {
      for (const { target } of records)
        if (target instanceof Element && target.getAttribute('data-runnel') === 'done') done.push(target.id);
    }).observe(document.body, { attributeFilter: ['data-runnel'], subtree: true });
    const isSeen = ({ top, bottom }: DOMRect) => bottom > 0 && top < innerHeight;
    const blocks = [...document.querySelectorAll('#prose p')];
    return blocks.filter((block) => isSeen(block.getBoundingClientRect())).map(({ id }) => id);
  });
  expect(inSight.length).toBeGreaterThan(3);
  await translateAll(runnel);
  await waitForBlocks(runnel, /^done$/);
  const done = await tab.evaluate(() => (window as unknown as { done: string[] }).done);
  expect(done.slice(0, inSight.length + LEAD)).toEqual(expect.arrayContaining(inSight));
  expect(done).toHaveLength(PARAGRAPHS);
  expect(await allText(tab)).toBe(mirrorWords(source));
  const asked = chatRequests(provider).length;
  await restoreAll(runnel);
  expect(await tab.evaluate(() => document.body.outerHTML)).toBe(before);

  await test.step('a second time is written without a request', async () => {
    await translateAll(runnel);
    await waitForBlocks(runnel, /^done$/);
    expect(await allText(tab)).toBe(mirrorWords(source));
    expect(chatRequests(provider)).toHaveLength(asked);
  });
  expect(runnel.troubles).toEqual([]);
});

/** Scrolls a good way down with the wheel, a frame at least between two turns. */
async function scrollDown(tab: Page): Promise<void> {
  await tab.mouse.move(300, 300);
  for (let turn = 0; turn < 40; turn++) {
    await tab.mouse.wheel(0, 240);
    await tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  expect(await tab.evaluate(() => scrollY)).toBeGreaterThan(5000);
}

test('a page of two hundred paragraphs scrolls while it is translated', async ({ runnel, provider }) => {
  const { tab, browser } = runnel;
  // Half a minute, of which a part is looked at.
  await openLong(runnel, provider, 100);
  const scroll = async () => {
    await tab.evaluate(() => scrollTo(0, 0));
    const record = await recordTasks(browser);
    await scrollDown(tab);
    const tasks = await record();
    expect(tasks.length).toBeGreaterThan(100);
    return tasks.filter((task) => task > 50);
  };
  const without = await scroll();
  await tab.evaluate(() => scrollTo(0, 0));
  await translateAll(runnel);
  await until('the first block streams', () => tab.locator('[data-runnel=streaming]').count());
  const meanwhile = await scroll();
  const under = await tab.locator('[data-runnel=streaming]').count();
  expect(under).toBeGreaterThan(0);
  console.info(`tasks over 50 ms of the processor: ${meanwhile.length}, ${without.length} untranslated`);
  expect(meanwhile.length).toBeLessThanOrEqual(without.length);
  await restoreAll(runnel);
  expect(runnel.troubles).toEqual([]);
});

/** What is reachable in the page after a collection: bytes of script objects, and nodes. */
async function measureHeap(session: CDPSession): Promise<{ bytes: number; nodes: number }> {
  // What is only weakly held goes with the second collection.
  for (let pass = 0; pass < 3; pass++) await command(session, 'HeapProfiler.collectGarbage');
  const { usedSize } = await command<{ usedSize: number }>(session, 'Runtime.getHeapUsage');
  const { nodes } = await command<{ nodes: number }>(session, 'Memory.getDOMCounters');
  return { bytes: usedSize, nodes };
}

test('nothing is kept of a translation that was taken back', async ({ runnel, provider }) => {
  const { tab } = runnel;
  await openLong(runnel, provider, 0);
  const session = await tab.context().newCDPSession(tab);
  await command(session, 'HeapProfiler.enable');
  const round = async (last: string): Promise<{ bytes: number; nodes: number }> => {
    await selectBlocks(tab, '#p1', last);
    await chooseDirectly(runnel, 'translate-selection');
    await waitForBlocks(runnel, /^done$/);
    await restoreAll(runnel);
    await tab.evaluate(() => getSelection()?.removeAllRanges());
    return await measureHeap(session);
  };
  // Brings the script itself and what Playwright needs in the page.
  const little = await round('#p1');
  const once = await round(`#p${PARAGRAPHS}`);
  await round(`#p${PARAGRAPHS}`);
  const again = await round(`#p${PARAGRAPHS}`);
  const kept = (after: { bytes: number }, before: { bytes: number }) => (after.bytes - before.bytes) / 1000;
  console.info(
    `kept: ${kept(once, little).toFixed(0)} kB of one translation, ${kept(again, once).toFixed(0)} kB of two more`,
  );
  expect(kept(once, little)).toBeLessThan(1000);
  expect(kept(again, once)).toBeLessThan(150);
  expect(again.nodes - little.nodes).toBeLessThan(20);
});

interface Row {
  shown: string[];
  own: string[];
  attributes: string[];
}

/** The rows there are: what they show, what the page wants them to, and what is set on them. */
async function readRows(tab: Page): Promise<Row[]> {
  return await tab.locator('#list p').evaluateAll((rows) => {
    const { textOf } = globalThis as unknown as { textOf(index: number): string[] };
    return rows.map((row) => ({
      shown: [row.querySelector('b')?.textContent ?? '', row.lastChild?.textContent ?? ''],
      own: textOf(Number(row.getAttribute('data-index'))),
      attributes: row.getAttributeNames(),
    }));
  });
}

async function scrollList(tab: Page, by: number): Promise<void> {
  const before = await tab.locator('#list').evaluate((list) => list.scrollTop);
  await tab.locator('#list').hover();
  await tab.mouse.wheel(0, by);
  const isThere = (list: Element, from: number) => list.scrollTop !== from;
  await expect.poll(() => tab.locator('#list').evaluate(isThere, before)).toBe(true);
}

for (const draw of ['data', 'nodes'] as const) {
  test(`rows that are used again show no other row's words: other ${draw}`, async ({ runnel, provider }) => {
    const { tab } = runnel;
    provider.planFor(() => true, { mirror: 'words', rate: 25 });
    await tab.goto(`${provider.origin}/page/rows?draw=${draw}`);
    await selectBlocks(tab, '#list');
    await chooseDirectly(runnel, 'translate-selection');
    await until('a row streams', () => tab.locator('[data-runnel=streaming]').count());
    const expectOwn = async () => {
      for (const { shown, own } of await readRows(tab))
        for (const [index, text] of own.entries()) expect([text, mirrorWords(text)]).toContain(shown[index]);
    };
    // By less than the rows there are, so that some go and some stay.
    for (let step = 0; step < 4; step++) await scrollList(tab, 110);
    expect(await tab.locator('[data-runnel=streaming], [data-runnel=waiting]').count()).toBeGreaterThan(0);
    await expect(tab.locator('[data-runnel=streaming], [data-runnel=waiting]')).toHaveCount(0, {
      timeout: 20_000,
    });
    await expectOwn();
    await scrollList(tab, 800);
    await expectOwn();
    await scrollList(tab, -5000);
    await expectOwn();
    await restoreAll(runnel);
    const expectUntouched = async () => {
      for (const { shown, own, attributes } of await readRows(tab)) {
        expect(shown).toEqual(own);
        expect(attributes.toSorted()).toEqual(['data-index', 'style']);
      }
    };
    await expectUntouched();
    await scrollList(tab, 1200);
    await expectUntouched();
    expect(runnel.troubles).toEqual([]);
  });
}
