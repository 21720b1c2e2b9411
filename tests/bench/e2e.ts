// The built extension in a real browser: a 2,000-token answer at 200 tokens a second in the real popup, and a burst.
import { launchRunnel, type Runnel } from '../e2e/harness/launch.ts';
import { until } from '../e2e/harness/until.ts';
import { type Provider, startProvider } from '../provider/server.ts';
import { runPageBench } from './page.ts';
import { createProse } from './prose.ts';
import { type Row, toRow } from './report.ts';

const RUNS = 5;
const END = 'ENDOFANSWER';

interface Seen {
  firstAt: number;
  endAt: number;
  longTasks: number[];
}

/** Watches, in the popup, when the first text and the end of the answer have been painted, and every task over 50 ms in between. */
function watchAnswer(end: string): void {
  const seen: Seen = { firstAt: 0, endAt: 0, longTasks: [] };
  (globalThis as unknown as { seen: Seen }).seen = seen;
  const epoch = () => performance.timeOrigin + performance.now();
  // A task after the frame's callbacks runs when that frame has been handed to the compositor.
  const painted = (then: (at: number) => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(epoch());
      port2.postMessage(null);
    });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (seen.firstAt > 0 && seen.endAt === 0) seen.longTasks.push(entry.duration);
  }).observe({ type: 'longtask' });
  new MutationObserver((_, observer) => {
    const reply = document.querySelector(
      '[role=log] [data-role=assistant]:last-of-type .prose',
    )?.lastElementChild;
    const text = reply?.textContent ?? '';
    if (text !== '' && seen.firstAt === 0) painted((at) => (seen.firstAt = at));
    if (text.includes(end)) {
      observer.disconnect();
      painted((at) => (seen.endAt = at));
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

async function runOnce(runnel: Runnel, provider: Provider, tokens: number, rate: number) {
  const text = `${createProse(tokens)}\n\n${END}`;
  // Silent after its last text, so that the journal's last chunk is the last token.
  provider.plan({ text, rate, finishReason: null, noDone: true, noUsage: true });
  const popup = await runnel.openPopup();
  const { page } = popup;
  await page.getByRole('button', { name: 'New chat' }).click();
  await page.evaluate(watchAnswer, END);
  const before = provider.journal.length;
  await page.getByRole('textbox', { name: 'Message' }).fill('Go');
  await page.keyboard.press('Enter');
  const seen = await until(
    'the end of the answer is on screen',
    async () => {
      const now = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
      return now.endAt > 0 && now;
    },
    { limitMs: 60_000 },
  );
  const entry = provider.journal.slice(before).find(({ path }) => path.endsWith('/chat/completions'));
  if (!entry?.firstByteAt || !entry.lastChunkAt) throw new Error('the journal has no such request');
  await popup.close();
  return {
    first: seen.firstAt - entry.firstByteAt,
    last: seen.endAt - entry.lastChunkAt,
    longTasks: seen.longTasks,
  };
}

async function measure(
  runnel: Runnel,
  provider: Provider,
  what: string,
  tokens: number,
  rate: number,
): Promise<Row[]> {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await runOnce(runnel, provider, tokens, rate));
  const longTasks = runs.map((run) => run.longTasks.length);
  const longest = runs.map((run) => Math.max(0, ...run.longTasks));
  return [
    toRow(
      `${what}: first token sent → painted`,
      'ms',
      runs.map(({ first }) => first),
    ),
    toRow(
      `${what}: last token sent → painted`,
      'ms',
      runs.map(({ last }) => last),
      { target: '≤ 100' },
    ),
    toRow(`${what}: tasks over 50 ms after the first frame`, 'tasks', longTasks, { target: '0' }),
    toRow(`${what}: the longest of them`, 'ms', longest),
  ];
}

export async function runE2eBench(): Promise<Row[]> {
  return [...(await runPopupBench()), ...(await runPageBench())];
}

async function runPopupBench(): Promise<Row[]> {
  const provider = await startProvider({ rate: 200 });
  const runnel = await launchRunnel();
  try {
    await runnel.configure({ baseUrl: provider.url, key: 'sk-bench-key' });
    await runnel.tab.goto(`${provider.origin}/demo`);
    return [
      ...(await measure(runnel, provider, 'popup, 2,000 tokens at 200/s', 2000, 200)),
      ...(await measure(runnel, provider, 'popup, burst of 2,000 tokens', 2000, 0)),
    ];
  } finally {
    await runnel.close();
    await provider.close();
  }
}
