// What is known already, long selections, and a page that nobody has asked anything of.
import type { Page } from '@playwright/test';
import { command } from '../e2e/harness/cdp.ts';
import { chatRequests } from '../e2e/harness/fixtures.ts';
import { waitForBlocks } from '../e2e/harness/gesture.ts';
import { inTab } from '../e2e/harness/in-page.ts';
import { recordTasks } from '../e2e/harness/main-thread.ts';
import { selectBlocks } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import { mirrorWords } from '../provider/mirror.ts';
import { lastWord } from '../provider/prose-page.ts';
import type { Provider } from '../provider/server.ts';
import type { RunnelContestant } from './contestants.ts';
import { followFrames, waitForPaint } from './in-page.ts';
import { type Row, toRow } from './report.ts';

const RUNS = 5;
const LONG = 200;

async function openProse(
  { context }: RunnelContestant,
  provider: Provider,
  paragraphs: number,
  from: number,
): Promise<Page> {
  const tab = await context.newPage();
  const tokens = paragraphs === LONG ? 9000 : 2000;
  await tab.goto(`${provider.origin}/page/prose?n=${paragraphs}&tokens=${tokens}&from=${from}`);
  return tab;
}

async function restore({ restore }: RunnelContestant, tab: Page): Promise<void> {
  await restore(tab);
  await until('the originals', async () => (await tab.locator('[data-runnel]').count()) === 0);
}

/** The second time, from the gesture to the last word that there is room for on screen, and to the last of all. */
export async function measureKnown(provider: Provider, ours: RunnelContestant): Promise<Row[]> {
  provider.reset();
  provider.planFor(() => true, { mirror: 'words', rate: 0 });
  const rows: Row[] = [];
  for (const paragraphs of [12, LONG]) {
    const from = 10_001;
    const tab = await openProse(ours, provider, paragraphs, from);
    const words = Array.from({ length: paragraphs }, (_, index) => mirrorWords(lastWord(from + index)));
    const inSight = words.slice(0, await countInSight(tab));
    const seen: number[] = [];
    const times: number[] = [];
    let asked = 0;
    await followFrames(tab);
    for (let run = 0; run <= RUNS; run++) {
      await selectBlocks(tab, '#prose');
      const painted = waitForPaint(tab, { within: '#prose', words });
      const sighted = waitForPaint(tab, { within: '#prose', words: inSight });
      const at = await ours.translate(tab);
      if (run > 0) seen.push((await sighted) - at);
      if (run > 0) times.push((await painted) - at);
      await Promise.all([sighted, painted]);
      await waitForBlocks(inTab(ours.runnel, tab), /^done$/);
      if (run === 0) asked = chatRequests(provider).length;
      await restore(ours, tab);
    }
    const extra = chatRequests(provider).length - asked;
    await tab.close();
    const what = `page, ${paragraphs} paragraphs, a second time`;
    rows.push(toRow(`${what}: gesture → all on screen painted`, 'ms', seen, { target: '≤ 100 ms' }));
    rows.push(toRow(`${what}: gesture → all painted, seen or not`, 'ms', times));
    rows.push(toRow(`${what}: requests`, 'requests', [extra], { target: '0' }));
  }
  return rows;
}

/** Paragraphs of which something is in the window. */
async function countInSight(tab: Page): Promise<number> {
  return await tab
    .locator('#prose > *')
    .evaluateAll(
      (blocks) => blocks.filter((block) => block.getBoundingClientRect().top < innerHeight).length,
    );
}

interface Scroll {
  /** Between two frames, over 50 ms. */
  frames: number;
  /** Of the page's main thread, over 50 ms of the processor. */
  tasks: number;
  longest: number;
}

/** Scrolls the page with the wheel for some forty turns. */
async function scroll(tab: Page, ours: RunnelContestant): Promise<Scroll> {
  await tab.evaluate(() => {
    scrollTo(0, 0);
    const gaps: number[] = [];
    Object.assign(globalThis, { gaps });
    let last = performance.now();
    const frame = (now: number) => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const record = await recordTasks(ours.runnel.browser);
  await tab.mouse.move(300, 300);
  for (let turn = 0; turn < 40; turn++) {
    await tab.mouse.wheel(0, 240);
    await tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  const tasks = await record();
  const gaps = await tab.evaluate(() => (globalThis as unknown as { gaps: number[] }).gaps);
  return {
    frames: gaps.filter((gap) => gap > 50).length,
    tasks: tasks.filter((task) => task > 50).length,
    longest: Math.max(...tasks),
  };
}

/** Half a minute's translation, looked at while the page scrolls, beside the same page left alone. */
export async function measureScroll(provider: Provider, ours: RunnelContestant): Promise<Row[]> {
  const alone: Scroll[] = [];
  const translated: Scroll[] = [];
  for (let run = 0; run < RUNS; run++) {
    provider.reset();
    provider.planFor(() => true, { mirror: 'words', rate: 100 });
    const tab = await openProse(ours, provider, LONG, 20_001 + 1000 * run);
    alone.push(await scroll(tab, ours));
    await tab.evaluate(() => scrollTo(0, 0));
    await selectBlocks(tab, '#prose');
    await ours.translate(tab);
    await until('a block streams', () => tab.locator('[data-runnel=streaming]').count());
    translated.push(await scroll(tab, ours));
    await tab.close();
  }
  const what = 'page, 200 paragraphs, scrolled';
  const pair = (name: string, unit: string, read: (scrolled: Scroll) => number): Row[] => [
    toRow(`${what}: ${name}`, unit, translated.map(read), { target: 'as left alone' }),
    toRow(`${what}: ${name}, left alone`, unit, alone.map(read)),
  ];
  return [
    ...pair('frames over 50 ms', 'frames', ({ frames }) => frames),
    ...pair('tasks over 50 ms of the processor', 'tasks', ({ tasks }) => tasks),
    ...pair('the longest task', 'ms', ({ longest }) => longest),
  ];
}

/** Script objects that are reachable after a long translation was taken back, against a short one before. */
export async function measureHeap(provider: Provider, ours: RunnelContestant): Promise<Row[]> {
  provider.reset();
  provider.planFor(() => true, { mirror: 'words', rate: 0 });
  const from = 40_001;
  const tab = await openProse(ours, provider, LONG, from);
  const session = await tab.context().newCDPSession(tab);
  await command(session, 'HeapProfiler.enable');
  const after = async (last: number): Promise<number> => {
    await selectBlocks(tab, `#p${from}`, `#p${last}`);
    await ours.translate(tab);
    await waitForBlocks(inTab(ours.runnel, tab), /^done$/);
    await restore(ours, tab);
    await tab.evaluate(() => getSelection()?.removeAllRanges());
    for (let pass = 0; pass < 3; pass++) await command(session, 'HeapProfiler.collectGarbage');
    return (await command<{ usedSize: number }>(session, 'Runtime.getHeapUsage')).usedSize / 1000;
  };
  const little = await after(from);
  const [first = 0, ...others] = await series(RUNS, () => after(from + LONG - 1));
  await tab.close();
  return [
    toRow('page, 200 paragraphs: kept after they are taken back', 'kB', [first - little], {
      target: '≤ 1,000',
    }),
    toRow('page, 200 paragraphs: kept of each more', 'kB', differences([first, ...others]), {
      target: '~ 0',
    }),
  ];
}

async function series<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let index = 0; index < count; index++) made.push(await make());
  return made;
}

const differences = (values: number[]) => values.slice(1).map((value, index) => value - (values[index] ?? 0));

/** What there is of us in a page before a gesture. */
export async function measureIdle(provider: Provider, ours: RunnelContestant): Promise<Row[]> {
  const tab = await ours.context.newPage();
  const session = await tab.context().newCDPSession(tab);
  const scripts: string[] = [];
  session.on('Debugger.scriptParsed', ({ url }) => scripts.push(url));
  await command(session, 'Debugger.enable');
  await command(session, 'Performance.enable');
  await tab.goto(`${provider.origin}/demo`);
  const { metrics } = await command<{ metrics: { name: string; value: number }[] }>(
    session,
    'Performance.getMetrics',
  );
  const listeners = metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? Number.NaN;
  await tab.close();
  const foreign = scripts.filter((url) => url.startsWith('chrome-extension:'));
  return [
    toRow('page without a gesture: scripts of ours', 'scripts', [foreign.length], { target: '0' }),
    toRow('page without a gesture: listeners', 'listeners', [listeners], { target: '0' }),
  ];
}
