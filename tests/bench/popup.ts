// A 2,000-token answer at 200 tokens a second in the real popup, and all at once; beside it the bare writer's own page, which does nothing
// but append what comes to one text node, once a frame.
import type { Page } from '@playwright/test';
import { launchRunnel, type Runnel } from '../e2e/harness/launch.ts';
import { until } from '../e2e/harness/until.ts';
import { type Provider, startProvider } from '../provider/server.ts';
import { openBareWriter } from './contestants.ts';
import { createMeter, followFrames, noteLongTasks, readLongTasks, waitForPaint } from './in-page.ts';
import { createProse } from './prose.ts';
import { median, type Row, toRow } from './report.ts';

const RUNS = 5;
const TOKENS = 2000;
const FIRST = 'Beginning';
const END = 'ENDOFANSWER';

interface Run {
  first: number;
  last: number;
  tasks: number;
  longTasks: number[];
}

/** Opens a page that is ready to ask, of the size of a popup. */
interface Contestant {
  open(): Promise<{ page: Page; within: string; ask(): Promise<void>; close(): Promise<void> }>;
}

export async function runPopupBench(): Promise<Row[]> {
  const provider = await startProvider({ rate: 200 });
  const runnel = await launchRunnel();
  const bare = await openBareWriter(provider);
  try {
    await runnel.configure({ baseUrl: provider.url, key: 'sk-bench-key' });
    await runnel.tab.goto(`${provider.origin}/demo`);
    const theirs: Contestant = {
      async open() {
        const page = await bare.openStream();
        await page.setViewportSize({ width: 420, height: 600 });
        const ask = () => page.evaluate(() => (globalThis as unknown as { ask(): void }).ask());
        return { page, within: 'p', ask, close: () => page.close() };
      },
    };
    const ours: Contestant = { open: () => openPopup(runnel) };
    return [
      ...(await compare('popup, 2,000 tokens at 200/s', provider, ours, theirs, 200)),
      ...(await compare('popup, burst of 2,000 tokens', provider, ours, theirs, 0)),
    ];
  } finally {
    await bare.close();
    await runnel.close();
    await provider.close();
  }
}

async function openPopup(runnel: Runnel): ReturnType<Contestant['open']> {
  const { page, close } = await runnel.openPopup();
  await page.getByRole('button', { name: 'New chat' }).click();
  await page.locator('.empty').waitFor();
  return {
    page,
    within: '[role=log]',
    async ask() {
      await page.getByRole('textbox', { name: 'Message' }).fill('Go');
      await page.keyboard.press('Enter');
    },
    close,
  };
}

async function compare(
  what: string,
  provider: Provider,
  ours: Contestant,
  theirs: Contestant,
  rate: number,
): Promise<Row[]> {
  const our: Run[] = [];
  const their: Run[] = [];
  for (let run = 0; run < RUNS; run++) {
    our.push(await runOnce(ours, provider, rate));
    their.push(await runOnce(theirs, provider, rate));
  }
  const pair = (name: string, read: (run: Run) => number, target = '') => [
    toRow(`${what}: ${name}`, 'ms', our.map(read), {
      ratio: median(our.map(read)) / median(their.map(read)),
      ...(target === '' ? {} : { target }),
    }),
    toRow(`${what}: ${name}, bare writer`, 'ms', their.map(read)),
  ];
  const isSteady = rate > 0;
  const longTasks = our.map((run) => run.longTasks);
  return [
    ...pair('first token sent → painted', ({ first }) => first),
    ...pair('last token sent → painted', ({ last }) => last, isSteady ? '≤ 50 ms' : ''),
    ...pair('task time', ({ tasks }) => tasks, isSteady ? '≤ 1.3 ×' : ''),
    toRow(
      `${what}: tasks over 50 ms`,
      'tasks',
      longTasks.map(({ length }) => length),
      { target: '0' },
    ),
    toRow(
      `${what}: the longest of them`,
      'ms',
      longTasks.map((tasks) => Math.max(0, ...tasks)),
    ),
  ];
}

async function runOnce(contestant: Contestant, provider: Provider, rate: number): Promise<Run> {
  const text = `${FIRST} of it all.\n\n${createProse(TOKENS)}\n\n${END}`;
  // Silent after its last text, so that the journal's last chunk is the last token.
  provider.plan({ text, rate, finishReason: null, noDone: true, noUsage: true });
  const { page, within, ask, close } = await contestant.open();
  try {
    await noteLongTasks(page);
    const before = provider.journal.length;
    const meter = await createMeter(page);
    const firstPainted = waitForPaint(page, { within, words: [FIRST] });
    const watchEnd = () => waitForPaint(page, { within, words: [END] });
    const endPainted = rate === 0 ? watchEnd() : undefined;
    await ask();
    const firstAt = await firstPainted;
    const entry = () => provider.journal.slice(before).find(({ path }) => path.endsWith('/chat/completions'));
    // Watching costs: of what comes slowly only the end is watched.
    if (rate > 0) {
      const isNear = () => (entry()?.textSent.length ?? 0) > 0.93 * text.length;
      await until('most of it is sent', isNear, { limitMs: 60_000 });
      await followFrames(page);
    }
    const lastAt = await (endPainted ?? watchEnd());
    const { tasks } = await meter.read();
    const { firstByteAt, lastChunkAt } = entry() ?? {};
    if (!firstByteAt || !lastChunkAt) throw new Error('the journal has no such request');
    const longTasks = await readLongTasks(page);
    return { first: firstAt - firstByteAt, last: lastAt - lastChunkAt, tasks, longTasks };
  } finally {
    await close();
  }
}
