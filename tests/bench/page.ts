// A translation in a page: 2,000 tokens at 200 a second, by the built extension and by the bare writer in turn.
import { chatRequests } from '../e2e/harness/fixtures.ts';
import { selectBlocks } from '../e2e/harness/ui.ts';
import { mirrorWords } from '../provider/mirror.ts';
import { firstWord, lastWord } from '../provider/prose-page.ts';
import { type Provider, startProvider } from '../provider/server.ts';
import { type Contestant, openBareWriter, openRunnel, type RunnelContestant } from './contestants.ts';
import { createMeter, noteLongTasks, readLongTasks, waitForPaint } from './in-page.ts';
import { measureHeap, measureIdle, measureKnown, measureScroll } from './page-long.ts';
import { median, type Row, toRow } from './report.ts';
import { followSent } from './sent.ts';

const RUNS = 5;
const TOKENS = 2000;
const RATE = 200;
/** Requests that the extension has under way at a time; together they bring the rate. */
const AT_ONCE = 3;

interface Shape {
  what: string;
  paragraphs: number;
}

const SHAPES: Shape[] = [
  { what: 'page, 12 paragraphs', paragraphs: 12 },
  { what: 'page, one long block', paragraphs: 1 },
];

interface Run {
  first: number;
  last: number;
  tasks: number;
  scripts: number;
  longTasks: number[];
}

export async function runPageBench(): Promise<Row[]> {
  const provider = await startProvider({ rate: RATE });
  const runnel = await openRunnel(provider);
  const bare = await openBareWriter(provider);
  try {
    const rows: Row[] = [];
    for (const shape of SHAPES) rows.push(...(await compare(shape, provider, runnel, bare)));
    rows.push(...(await measureKnown(provider, runnel)));
    rows.push(...(await measureScroll(provider, runnel)));
    rows.push(...(await measureHeap(provider, runnel)));
    rows.push(...(await measureIdle(provider, runnel)));
    return rows;
  } finally {
    await bare.close();
    await runnel.close();
    await provider.close();
  }
}

async function compare(
  { what, paragraphs }: Shape,
  provider: Provider,
  runnel: RunnelContestant,
  bare: Contestant,
): Promise<Row[]> {
  const ours: Run[] = [];
  const theirs: Run[] = [];
  for (let run = 0; run < RUNS; run++) {
    // What was translated once is known: each run has a text of its own.
    const from = 1 + 100 * run;
    const reply = await translateOnce(provider, runnel, paragraphs, from);
    ours.push(reply.run);
    theirs.push((await translateOnce(provider, bare, paragraphs, from, reply.text)).run);
  }
  const of = (runs: Run[], read: (run: Run) => number) => runs.map(read);
  const ratio = (read: (run: Run) => number) => median(of(ours, read)) / median(of(theirs, read));
  const pair = (name: string, read: (run: Run) => number, target: string): Row[] => [
    toRow(`${what}: ${name}`, 'ms', of(ours, read), { ratio: ratio(read), target }),
    toRow(`${what}: ${name}, bare writer`, 'ms', of(theirs, read)),
  ];
  const count = ({ longTasks }: Run) => longTasks.length;
  return [
    ...pair('first token sent → painted', ({ first }) => first, '≤ 50 ms'),
    ...pair('last token sent → painted', ({ last }) => last, '≤ 50 ms'),
    ...pair('task time', ({ tasks }) => tasks, '≤ 1.3 ×'),
    ...pair('script time', ({ scripts }) => scripts, '≤ 1.5 ×'),
    toRow(`${what}: tasks over 50 ms`, 'tasks', of(ours, count), { target: '0' }),
    toRow(`${what}: tasks over 50 ms, bare writer`, 'tasks', of(theirs, count)),
  ];
}

/** `answer`: what the server says to the one request of the bare writer; the extension's are answered as they ask. */
async function translateOnce(
  provider: Provider,
  contestant: Contestant,
  paragraphs: number,
  from: number,
  answer?: string,
): Promise<{ run: Run; text: string }> {
  const numbers = Array.from({ length: paragraphs }, (_, index) => from + index);
  const first = mirrorWords(firstWord(from));
  const ends = numbers.map((number) => mirrorWords(lastWord(number)));
  provider.reset();
  provider.planFor(
    () => true,
    answer === undefined
      ? { mirror: 'words', rate: RATE / Math.min(AT_ONCE, paragraphs) }
      : { text: answer, rate: RATE },
  );
  const tab = await contestant.context.newPage();
  try {
    await tab.goto(`${provider.origin}/page/prose?n=${paragraphs}&tokens=${TOKENS}&from=${from}`);
    await selectBlocks(tab, '#prose');
    await noteLongTasks(tab);
    const length = await tab.locator('#prose').evaluate((prose) => prose.textContent.length);
    const sent = followSent(provider, first, ends, 0.93 * length);
    const meter = await createMeter(tab);
    const firstPainted = waitForPaint(tab, { within: '#prose', words: [first] });
    await contestant.translate(tab);
    const firstSeen = (await firstPainted) - (await sent.first);
    // Watching costs: only the end of it is watched.
    const lastPainted = waitForPaint(tab, { within: '#prose', words: await sent.most });
    const last = (await lastPainted) - (await sent.last);
    const { tasks, scripts } = await meter.read();
    const run = { first: firstSeen, last, tasks, scripts, longTasks: await readLongTasks(tab) };
    return {
      run,
      text: chatRequests(provider)
        .map(({ textSent }) => textSent)
        .join('\n\n'),
    };
  } finally {
    await tab.close();
  }
}
