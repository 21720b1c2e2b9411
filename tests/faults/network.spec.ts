// What the network does.
import { expect } from '@playwright/test';
import { chatRequests } from '../e2e/harness/fixtures.ts';
import { button, expectState, messageText, squeezed } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import type { Lab } from './harness/lab.ts';
import { row } from './harness/row.ts';
import { chunkLines, drops } from './harness/text.ts';

const isChat = ({ path }: { path: string }) => path.endsWith('/chat/completions');
const countdown = (lab: Lab) => lab.reply().getByText(/trying again in \d+ s/);

row(
  { id: 'N1', title: 'the port is closed: every try is shown, Retry works when it is open again' },
  async (lab) => {
    await lab.configure({ retries: 2 });
    await lab.provider.close();
    await lab.ask('Is anybody there?');
    await lab.ends('retrying');
    await expect(countdown(lab)).toHaveCount(1);
    await lab.ends('failed', 20_000);
    expect(await lab.reply().locator('.trouble').textContent()).toContain(`127.0.0.1:${lab.provider.port}`);
    await expect(lab.view.getByRole('log')).toContainText('Is anybody there?');
    const figures = lab.reply().locator('[data-part=stats]');
    await expect(figures).toHaveAttribute('data-retries', '2');
    await lab.provider.listenAgain();
    return { state: 'failed', trouble: { code: 'network', action: 'Retry' }, requests: 0 };
  },
);

row({ id: 'N2', title: 'a name that does not exist' }, async (lab) => {
  const baseUrl = 'https://nowhere.invalid/v1';
  lab.configured.add(new URL(baseUrl).origin);
  await lab.configure({ baseUrl, key: 'a-key-for-nobody', retries: 1 });
  const asked = Date.now();
  await lab.ask('Where are you?');
  await lab.ends('failed', 15_000);
  expect(Date.now() - asked).toBeLessThan(10_000);
  await lab.configure({});
  return { state: 'failed', trouble: { code: 'network', action: 'Retry' }, requests: 0 };
});

row(
  { id: 'N4', title: 'offline before the send: nothing leaves; online again, one request' },
  async (lab) => {
    await lab.configure({ retries: 3 });
    const worker = await lab.runnel.worker();
    await worker.evaluate(() =>
      Object.defineProperty(navigator, 'onLine', { value: false, configurable: true }),
    );
    await lab.ask('Hello?');
    await lab.ends('failed');
    expect(chatRequests(lab.provider)).toEqual([]);
    await worker.evaluate(() => Reflect.deleteProperty(navigator, 'onLine'));
    return { state: 'failed', trouble: { code: 'offline', action: 'Retry' }, requests: 0 };
  },
);

row({ id: 'N7', title: 'the body ends cleanly in the middle: the answer goes on by itself' }, async (lab) => {
  await lab.configure({ continuing: 'automatic' });
  const text = drops(40);
  lab.provider.plan([
    { text: text.slice(0, 211), finishReason: null, noDone: true },
    { text: text.slice(211) },
  ]);
  await lab.ask('Count the drops');
  await lab.ends('done');
  await expect(lab.reply().locator('[data-part=seam]')).toHaveCount(1);
  return { state: 'done', trouble: null, requests: 2 };
});

row({ id: 'N7', title: 'with "Ask first" it stays partial and offers to go on' }, async (lab) => {
  lab.provider.plan({ text: drops(40), eofAfter: 40 });
  await lab.ask('Count the drops');
  await lab.ends(/partial|done/);
  return { state: 'partial', trouble: { code: 'interrupted', action: 'Continue' }, requests: 1 };
});

row({ id: 'N8', title: 'the stream stalls: the idle limit ends it, and it goes on' }, async (lab) => {
  const idle = 1500;
  await lab.configure({ continuing: 'automatic', timeouts: { idle } });
  const text = drops(20);
  lab.provider.planFor(isChat, { text, resume: true });
  lab.provider.plan({ text, stallAfter: 3 });
  await lab.ask('Count the drops');
  const first = await lab.request();
  await until('the close', () => first.closedAt, { limitMs: 8000 });
  const limit = Number(first.closedAt) - Number(first.lastChunkAt);
  expect(limit).toBeGreaterThan(idle - 50);
  expect(limit).toBeLessThan(idle + 500);
  await lab.ends('done');
  return { state: 'done', trouble: null, requests: 2 };
});

row({ id: 'N8', title: 'with "Ask first" a stalled stream stays partial' }, async (lab) => {
  await lab.configure({ timeouts: { idle: 1000 } });
  lab.provider.plan({ text: drops(20), stallAfter: 3 });
  await lab.ask('Count the drops');
  await lab.ends('partial');
  return { state: 'partial', trouble: { code: 'timeout-idle', action: 'Continue' }, requests: 1 };
});

row({ id: 'N11', title: 'a byte every 50 ms: smooth, and next to no work', limitMs: 90_000 }, async (lab) => {
  const pieces = ['one ', 'two ', 'three ', 'four'];
  // Short events: a usual one would take ten seconds.
  const body = pieces.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
  lab.provider.plan({ rawSse: `${body.join('')}data: [DONE]\n\n`, splitBytes: 1, splitDelayMs: 50 });
  await lab.ask('Slowly');
  await lab.ends('streaming');
  const work = await watchWork(lab);
  await lab.ends('done', 40_000);
  const { longestFrame, share } = await work();
  lab.measured['n11LongestFrameMs'] = longestFrame;
  lab.measured['n11CpuShare'] = share;
  expect(longestFrame).toBeLessThan(500);
  expect(share).toBeLessThan(0.3);
  return { state: 'done', trouble: null, requests: 1, shown: { text: pieces.join('') } };
});

/** Longest pause between two frames (ms) and share of the time that the view's main thread was busy, from now until the returned call. */
async function watchWork({ view }: Lab): Promise<() => Promise<{ longestFrame: number; share: number }>> {
  const session = await view.context().newCDPSession(view);
  await session.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  await view.evaluate(() => {
    const frames = { longest: 0, last: performance.now() };
    const tick = () => {
      const now = performance.now();
      frames.longest = Math.max(frames.longest, now - frames.last);
      frames.last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames });
  });
  const [before, since] = [await busy(), Date.now()];
  return async () => {
    const share = ((await busy()) - before) / ((Date.now() - since) / 1000);
    const longestFrame = await view.evaluate(
      () => (window as unknown as { frames: { longest: number } }).frames.longest,
    );
    return { longestFrame, share };
  };
}

row(
  {
    id: 'N12',
    title: '500 KB in one packet are on screen within a second, in no long task',
    limitMs: 90_000,
  },
  async (lab) => {
    const text = drops(26_000);
    expect(text.length).toBeGreaterThan(500_000);
    lab.provider.plan({ text, rate: 0, buffered: true });
    await lab.view.evaluate(() => {
      const seen = { longest: 0 };
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
      }).observe({ type: 'longtask' });
      Object.assign(window, { longTasks: seen });
    });
    await lab.ask('All at once');
    const entry = await lab.request();
    await lab.ends('done', 20_000);
    const shownAfter = performance.timeOrigin + performance.now() - Number(entry.lastChunkAt);
    const longest = await lab.view.evaluate(
      () => (window as unknown as { longTasks: { longest: number } }).longTasks.longest,
    );
    lab.measured['n12ShownAfterMs'] = shownAfter;
    lab.measured['n12LongestTaskMs'] = longest;
    expect(shownAfter).toBeLessThan(3000);
    expect(longest).toBeLessThan(600);
    return { state: 'done', trouble: null, requests: 1 };
  },
);

row(
  { id: 'N13', title: 'the connection drops again during the wait: one countdown at a time' },
  async (lab) => {
    await lab.configure({ retries: 3 });
    lab.provider.plan({ text: 'Here at last.' });
    await lab.provider.close();
    await lab.ask('Hello?');
    await lab.ends('retrying');
    await expect(countdown(lab)).toHaveCount(1);
    await expect(lab.reply().locator('[data-part=stats]')).toHaveAttribute('data-retries', '2');
    await expect(countdown(lab)).toHaveCount(1);
    await lab.provider.listenAgain();
    await lab.ends('done');
    return { state: 'done', trouble: null, requests: 1 };
  },
);

row({ id: 'N14', title: 'the server goes away for 3 s before anything was shown' }, async (lab) => {
  await lab.configure({ retries: 3 });
  lab.provider.plan([{ headerDelayMs: 60_000 }, { text: drops(20) }]);
  await lab.ask('Count the drops');
  await lab.request();
  await lab.provider.close();
  const gone = Date.now();
  await lab.ends('retrying');
  await until('3 s have passed', () => Date.now() - gone >= 3000);
  await lab.provider.listenAgain();
  await lab.ends('done', 20_000);
  return { state: 'done', trouble: null, requests: 2, repeats: 1 };
});

row(
  { id: 'N15', title: 'a proxy holds the whole stream back, longer than the server may take to answer' },
  async (lab) => {
    await lab.configure({ timeouts: { connect: 1000 } });
    lab.provider.plan({ text: drops(40), rate: 60, buffered: true });
    await lab.ask('Count the drops');
    await lab.ends('done');
    return { state: 'done', trouble: null, requests: 1 };
  },
);

row(
  { id: 'Nx1', title: 'the connection is reset in the middle: the answer goes on by itself' },
  async (lab) => {
    await lab.configure({ continuing: 'automatic' });
    const text = drops(30);
    lab.provider.planFor(isChat, { text, resume: true });
    lab.provider.plan({ text, rate: 150, cutAfter: 30 });
    await lab.ask('Count the drops');
    await lab.ends('done');
    // A reset takes with it what had not been read yet: the server counts that as sent, and then sends it again.
    return { state: 'done', trouble: null, requests: 2, shown: { text } };
  },
);

row({ id: 'Nx2', title: 'the body ends inside an event: what came whole stays' }, async (lab) => {
  const body = chunkLines(['A drop ', 'falls.']);
  lab.provider.plan({ rawSse: body.slice(0, body.indexOf('falls') + 3) });
  await lab.ask('Say something');
  await lab.ends('partial');
  return {
    state: 'partial',
    trouble: { code: 'interrupted', action: 'Continue' },
    requests: 1,
    shown: { text: 'A drop ' },
  };
});

row({ id: 'Nx3', title: 'the kept connection is dead when the next message goes out' }, async (lab) => {
  await lab.configure({ retries: 1 });
  lab.provider.plan({ text: 'First.' });
  await lab.ask('One');
  await lab.ends('done');
  await lab.provider.close();
  await lab.provider.listenAgain();
  lab.provider.plan({ text: drops(10) });
  await lab.ask('Two');
  await expect(lab.view.locator('[role=log] [data-role=assistant]')).toHaveCount(2);
  await lab.ends('done');
  return { state: 'done', trouble: null, requests: 2, shown: { text: drops(10) } };
});

row({ id: 'Nx4', title: 'one byte a write, split inside every letter' }, async (lab) => {
  const text = 'Größer als 水 und 🌊, ‏مياه‎, 한강 und e\u0301.';
  lab.provider.plan({ text, rate: 0, splitBytes: 1, splitDelayMs: 0 });
  await lab.ask('Sag etwas');
  await lab.ends('done');
  expect(squeezed(await messageText(lab.reply()))).toBe(squeezed(text));
  return { state: 'done', trouble: null, requests: 1 };
});

row({ id: 'Nx5', title: 'Cancel in the second wait: nothing more is asked' }, async (lab) => {
  await lab.configure({ retries: 3 });
  lab.provider.plan([
    { status: 503 },
    { status: 503, headers: { 'retry-after': '40' } },
    { text: 'never asked' },
  ]);
  await lab.ask('Hello?');
  await expect(lab.reply().getByText(/trying again in (3|4)\d s/)).toBeVisible({ timeout: 10_000 });
  await button(lab.view, 'Cancel').click();
  await expectState(lab.reply(), 'failed', 2000);
  // The plan that was for the third try answers Retry.
  await button(lab.view, 'Retry').click();
  await lab.ends('done');
  expect(chatRequests(lab.provider)).toHaveLength(3);
  return { state: 'done', trouble: null, requests: 3, repeats: 2 };
});
