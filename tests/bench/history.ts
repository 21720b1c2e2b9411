// Ten thousand conversations: how soon the popup can be used, what a letter in the search box costs, and how a long conversation opens
// and scrolls. Against an empty page of the extension in the same run.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { SEARCH_DATABASE } from '../../lib/store/search-rows.ts';
import { launchRunnel, type Runnel } from '../e2e/harness/launch.ts';
import { recordTasks } from '../e2e/harness/main-thread.ts';
import { expectBuild } from '../e2e/harness/places.ts';
import { seedHistory } from '../e2e/harness/seed.ts';
import { until, within } from '../e2e/harness/until.ts';
import { median, type Row, toRow } from './report.ts';

/** Many, because frames come when they come: one page takes 30 ms one time and 60 the next. */
const RUNS = 31;
const CONVERSATIONS = 10_000;
const LONG_TURNS = 250;
/** About 100,000 tokens. */
const LONGEST_WORDS = 75_000;

/** Set by the probe when the page shows what it is waited for, ms since its navigation began. */
interface Probed {
  usableAt?: number;
}

/** Runs in the page before its scripts: notes the first frame in which `selector` has text and the message box the focus. */
function probe(selector: string): void {
  const isThere = () => {
    if (selector === '') return document.readyState !== 'loading';
    const found = [...document.querySelectorAll(selector)].at(-1);
    return (found?.textContent ?? '') !== '' && document.activeElement?.localName === 'textarea';
  };
  const look = () => {
    if (!isThere()) return requestAnimationFrame(look);
    // The frame is painted when the task behind it runs.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      (globalThis as Probed).usableAt = performance.now();
    };
    return requestAnimationFrame(() => port2.postMessage(null));
  };
  requestAnimationFrame(look);
}

const PROSE = '[data-role=assistant] .prose';

async function timeToUse(runnel: Runnel, file: string, selector: string): Promise<number> {
  const page = await runnel.context.newPage();
  await page.addInitScript(probe, selector);
  await page.goto(runnel.url(file));
  const time = await until(`${file} can be used`, () => page.evaluate(() => (globalThis as Probed).usableAt));
  await page.close();
  return time;
}

/** Resolves when it is kept how the page looks, or with `forget` when nothing is kept of that any more. */
async function settleStill(runnel: Runnel, file: 'popup.html', forget = false): Promise<void> {
  const page = await runnel.openTab(file);
  const count = () =>
    page.evaluate((path) => Object.keys(localStorage).filter((key) => key.endsWith(path)).length, `/${file}`);
  await until('a still is kept', count);
  await page.close();
  if (!forget) return;
  const other = await runnel.openTab('options.html');
  await other.evaluate(() => localStorage.clear());
  await other.close();
}

async function measureOpening(runnel: Runnel): Promise<Row[]> {
  const empty: number[] = [];
  const least: number[] = [];
  const bare: number[] = [];
  const asleep: number[] = [];
  const warm: number[] = [];
  const cold: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await settleStill(runnel, 'popup.html', true);
    bare.push(await timeToUse(runnel, 'popup.html', PROSE));
    await settleStill(runnel, 'popup.html');
    empty.push(await timeToUse(runnel, 'empty.html', ''));
    least.push(await timeToUse(runnel, 'least.html', PROSE));
    warm.push(await timeToUse(runnel, 'popup.html', PROSE));
    await runnel.stopWorker();
    asleep.push(await timeToUse(runnel, 'empty.html', ''));
    await settleStill(runnel, 'popup.html');
    await runnel.stopWorker();
    cold.push(await timeToUse(runnel, 'popup.html', PROSE));
  }
  const ratio = (values: number[], base = empty) => median(values) / median(base);
  return [
    toRow('an empty page of the extension', 'ms', empty),
    toRow('the least that does it: a script of two lines', 'ms', least, { ratio: ratio(least) }),
    toRow('popup, worker awake', 'ms', warm, { ratio: ratio(warm), target: '≤ 1.5 × the empty page' }),
    toRow('an empty page, worker asleep', 'ms', asleep, { ratio: ratio(asleep) }),
    toRow('popup, worker asleep (× the empty page then)', 'ms', cold, { ratio: ratio(cold, asleep) }),
    toRow('popup, worker awake, nothing kept of how it looked', 'ms', bare, { ratio: ratio(bare) }),
  ];
}

/** Types in steps and notes for each how long the list takes to answer for just this text, ms. */
async function typeAndMeasure(page: Page, text: string): Promise<number[]> {
  const times: number[] = [];
  const box = page.getByRole('searchbox', { name: 'Search conversations' });
  await box.fill('');
  for (let length = 1; length <= text.length; length++) {
    const time = page.evaluate(
      async (value) => {
        const input = document.querySelector<HTMLInputElement>('[type=search]');
        if (!input) throw new Error('no box');
        const begin = performance.now();
        const answered = new Promise<number>((resolve) => {
          // Every answer is a new array in the signal, which the list says in its state.
          const observer = new MutationObserver(() => {
            const rows = document.querySelector<HTMLElement>('[data-answered]');
            if (rows?.dataset['answered'] !== value) return;
            observer.disconnect();
            resolve(performance.now() - begin);
          });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        });
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        return answered;
      },
      text.slice(0, length),
    );
    times.push(await within(time, 20_000, `an answer to ${text.slice(0, length)}`));
  }
  return times;
}

/** Runs in a page of ours: how many parts of the index are stored, once it stays the same for a moment. */
async function countShards(name: string): Promise<number> {
  const request = indexedDB.open(name);
  await new Promise((resolve) => request.addEventListener('success', resolve, { once: true }));
  const count = () =>
    new Promise<number>((resolve) => {
      const asked = request.result.transaction('shards').objectStore('shards').count();
      asked.addEventListener('success', () => resolve(asked.result));
    });
  const before = await count();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = await count();
  request.result.close();
  return before === after ? after : 0;
}

async function measureSearch(runnel: Runnel): Promise<Row[]> {
  const page = await runnel.openTab('popup.html');
  const open = async () => {
    await page.getByRole('button', { name: 'Conversations', exact: true }).click();
    const begin = performance.now();
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('conversation 77');
    await until(
      'the index is whole',
      () =>
        page
          .locator('.conversations-count')
          .filter({ hasNotText: /far|Searching/ })
          .count(),
      { limitMs: 120_000 },
    );
    return performance.now() - begin;
  };
  const build = await open();
  await until('the index is written down', () => page.evaluate(countShards, SEARCH_DATABASE), {
    limitMs: 60_000,
  });
  await page.close();
  const again = await runnel.openTab('popup.html');
  await again.getByRole('button', { name: 'Conversations', exact: true }).click();
  const box = again.getByRole('searchbox', { name: 'Search conversations' });
  const begin = performance.now();
  await box.fill('conversation 9999');
  await again.getByRole('navigation').locator('mark').first().waitFor({ timeout: 60_000 });
  const firstHit = performance.now() - begin;
  await until(
    'the index is whole',
    () =>
      again
        .locator('.conversations-count')
        .filter({ hasNotText: /far|Searching/ })
        .count(),
    { limitMs: 120_000 },
  );
  const load = performance.now() - begin;
  const times: number[] = [];
  for (const text of ['mitersan', 'lo ka ter', 'conversation 42', 'ponshi', 'zzzqqq', 'dupon eli'])
    times.push(...(await typeAndMeasure(again, text)));
  await again.close();
  const sorted = times.toSorted((a, b) => a - b);
  const slowest = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return [
    toRow('search: the first index made', 'ms', [build]),
    toRow('search: first hit from a stored index', 'ms', [firstHit]),
    toRow('search: stored index all read', 'ms', [load]),
    toRow('search: an answer to a letter', 'ms', times, { target: '≤ 50' }),
    toRow('search: 95 of 100 letters within', 'ms', [slowest], { target: '≤ 50' }),
  ];
}

async function measureLong(runnel: Runnel): Promise<Row[]> {
  const seed = async (last: number) => {
    const seeding = await runnel.openTab('options.html');
    await seedHistory(seeding, { conversations: 1, turns: LONG_TURNS, words: 120, last });
    await seeding.evaluate(() => localStorage.clear());
    await seeding.close();
  };
  const open = async () => {
    const times: number[] = [];
    for (let run = 0; run < 7; run++) {
      times.push(await timeToUse(runnel, 'sidepanel.html', PROSE));
      // As on the first time.
      const other = await runnel.openTab('options.html');
      await other.evaluate(() => localStorage.clear());
      await other.close();
    }
    return times;
  };
  await seed(LONGEST_WORDS);
  const longest = await open();
  await seed(120);
  const opened = await open();
  const page = await runnel.openTab('sidepanel.html');
  await until(
    'all is drawn',
    async () => (await page.locator('[role=log] article').count()) >= LONG_TURNS * 2,
  );
  const tasks = await recordTasks(runnel.browser);
  await page.mouse.move(400, 300);
  for (let step = 0; step < 40; step++) {
    await page.mouse.wheel(0, -1500);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  const slowest = Math.max(...(await tasks()));
  // What is kept, not what waits to be collected.
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const heap = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6,
  );
  await page.close();
  return [
    toRow('500 messages: open at the last', 'ms', opened, { target: '≤ 300' }),
    toRow('500 messages, the last of 100,000 tokens: open at its end', 'ms', longest, { target: '≤ 300' }),
    toRow('500 messages: longest task while scrolling', 'ms of processor', [slowest], { target: '≤ 50' }),
    toRow('500 messages: heap of the page', 'MB', [heap]),
  ];
}

/** Pages that are measured beside ours, laid into the build: one that is empty, and one whose script makes a box and a line of text. */
function addPages(): () => void {
  const at = (name: string) => join(expectBuild('chrome-mv3'), name);
  const script = [
    'document.body.innerHTML = `<p data-role="assistant"><span class="prose">Text</span></p><textarea></textarea>`;',
    'document.querySelector("textarea").focus();',
  ];
  const pages = {
    'empty.html': '<!doctype html><title>Empty</title><p>Empty</p>',
    'least.html': '<!doctype html><title>Least</title><body><script src="least.js"></script></body>',
    'least.js': script.join('\n'),
  };
  for (const [name, text] of Object.entries(pages)) writeFileSync(at(name), text);
  return () => {
    for (const name of Object.keys(pages)) rmSync(at(name), { force: true });
  };
}

export async function runHistoryBench(): Promise<Row[]> {
  const removePages = addPages();
  const runnel = await launchRunnel();
  try {
    const page = await runnel.openTab('options.html');
    await seedHistory(page, { conversations: CONVERSATIONS, turns: 2, words: 80 });
    await page.close();
    return [
      ...(await measureOpening(runnel)),
      ...(await measureSearch(runnel)),
      ...(await measureLong(runnel)),
    ];
  } finally {
    await runnel.close();
    removePages();
  }
}
