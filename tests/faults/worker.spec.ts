// The worker is ended in the middle of things, as the browser does it, and the world around it changes.
import { expect } from '@playwright/test';
import type { Browser } from 'webextension-polyfill';
import { chatRequests } from '../e2e/harness/fixtures.ts';
import { button, expectState, lastReply, squeezed } from '../e2e/harness/ui.ts';
import { until } from '../e2e/harness/until.ts';
import type { Lab } from './harness/lab.ts';
import { row } from './harness/row.ts';
import { readScreen } from './harness/screen.ts';
import { drops } from './harness/text.ts';

declare const chrome: Browser;

const chatPath = ({ path }: { path: string }) => path.endsWith('/chat/completions');
/** What the disk may be behind (300 ms), and what a loaded machine adds. */
const MAY_LOSE_MS = 600;

/** Ends the worker, and notes how long the view takes to show an honest state again. */
async function kill(lab: Lab, recovered: RegExp): Promise<void> {
  const killed = Date.now();
  await lab.runnel.stopWorker(lab.view);
  await expectState(lab.reply(), recovered);
  lab.measured['killToRecovered'] = Date.now() - killed;
}

const streamedSome = async (lab: Lab) => {
  await until('some text', async () => ((await readScreen(lab.view)).at(-1)?.text.length ?? 0) > 150, {
    limitMs: 15_000,
  });
};

row(
  { id: 'Lx5', title: 'the worker dies mid-stream; with "Ask first" the partial offers to go on' },
  async (lab) => {
    lab.provider.planFor(chatPath, { text: drops(80), resume: true, rate: 40 });
    await lab.ask('Count the drops');
    await streamedSome(lab);
    await kill(lab, /partial/);
    return {
      state: 'partial',
      trouble: { code: 'interrupted', action: 'Continue' },
      requests: 1,
      mayLoseMs: MAY_LOSE_MS,
    };
  },
);

row(
  { id: 'Lx6', title: 'the worker dies mid-stream; who is looking sees it go on by itself' },
  async (lab) => {
    await lab.configure({ continuing: 'automatic' });
    lab.provider.planFor(chatPath, { text: drops(60), resume: true, rate: 60 });
    await lab.ask('Count the drops');
    await streamedSome(lab);
    const first = squeezed((await lab.request()).textSent);
    await kill(lab, /continuing|streaming/);
    await lab.ends('done');
    const resumed = chatRequests(lab.provider)[1]?.body as { messages: { content: string }[] };
    const kept = squeezed(resumed.messages.at(-2)?.content ?? '');
    expect(first.startsWith(kept) || kept.startsWith(first)).toBe(true);
    return { state: 'done', trouble: null, requests: 2, shown: { text: drops(60) } };
  },
);

row(
  { id: 'Lx7', title: 'the worker dies mid-stream and nobody is looking: it stays partial, nothing is sent' },
  async (lab) => {
    await lab.configure({ continuing: 'automatic' });
    lab.provider.planFor(chatPath, { text: drops(80), resume: true, rate: 40 });
    await lab.ask('Count the drops');
    await streamedSome(lab);
    await lab.view.close();
    await lab.runnel.stopWorker();
    const entry = await lab.request();
    await until('the close', () => entry.closedAt);
    await lab.openView();
    await lab.ends('partial');
    return {
      state: 'partial',
      trouble: { code: 'interrupted', action: 'Continue' },
      requests: 1,
      mayLoseMs: MAY_LOSE_MS,
    };
  },
);

row(
  { id: 'Lx8', title: 'the worker dies before the headers: not sent twice, Retry is offered' },
  async (lab) => {
    await lab.configure({ continuing: 'automatic' });
    lab.provider.plan({ headerDelayMs: 30_000 });
    await lab.ask('Hello?');
    await lab.request();
    await kill(lab, /failed/);
    return {
      state: 'failed',
      trouble: { code: 'interrupted', action: 'Retry' },
      requests: 1,
      shown: { text: '' },
    };
  },
);

row(
  { id: 'Lx9', title: 'the worker dies in a wait between two tries: who is looking sees it tried again' },
  async (lab) => {
    await lab.configure({ continuing: 'automatic', retries: 3 });
    lab.provider.plan([{ status: 429, headers: { 'retry-after': '20' } }, { text: drops(10) }]);
    await lab.ask('Hello?');
    await lab.ends('retrying');
    await kill(lab, /waiting|continuing|streaming|done/);
    await lab.ends('done');
    return { state: 'done', trouble: null, requests: 2, repeats: 1, shown: { text: drops(10) } };
  },
);

row({ id: 'Lx10', title: 'the worker dies between two messages' }, async (lab) => {
  lab.provider.plan({ text: drops(10), rate: 0 });
  await lab.ask('Count the drops');
  await lab.ends('done');
  await lab.runnel.stopWorker(lab.view);
  return { state: 'done', trouble: null, requests: 1 };
});

for (const jump of [-1, 1]) {
  row(
    { id: 'Lx11', title: `the clock jumps a day ${jump < 0 ? 'back' : 'ahead'} mid-stream` },
    async (lab) => {
      lab.provider.plan({ text: drops(40), rate: 60 });
      await lab.ask('Count the drops');
      await lab.ends('streaming');
      const worker = await lab.runnel.worker();
      await worker.evaluate((days) => {
        const real = Date.now;
        Object.assign(globalThis, { realNow: real });
        Date.now = () => real() + days * 86_400_000;
      }, jump);
      await lab.ends('done');
      await worker.evaluate(() => {
        Date.now = (globalThis as unknown as { realNow: typeof Date.now }).realNow;
      });
      return { state: 'done', trouble: null, requests: 1 };
    },
  );
}

row(
  {
    id: 'L21',
    title: 'access to the server is taken away mid-stream: it ends whole; the next message asks for access',
  },
  async (lab) => {
    lab.provider.plan({ text: drops(30), rate: 60 });
    await lab.ask('Count the drops');
    await lab.ends('streaming');
    const isRemoved = await lab.view.evaluate(() =>
      chrome.permissions.remove({ origins: ['http://127.0.0.1/*'] }),
    );
    expect(isRemoved).toBe(true);
    await lab.ends('done');
    expect((await lab.request()).aborted).toBe(false);
    await lab.ask('And now?');
    await expect(lab.view.getByRole('button', { name: 'Grant access' })).toBeVisible();
    expect(chatRequests(lab.provider)).toHaveLength(1);
    // Granted again.
    await lab.configure({});
    lab.provider.plan({ text: 'With access.' });
    return await retryAfterGrant(lab);
  },
);

/** Depending on what the view knew, the message is in the box or failed with a card; either way it can be sent now. */
async function retryAfterGrant(lab: Lab) {
  const retry = button(lab.view, 'Retry');
  if (await retry.count()) await retry.last().click();
  else await button(lab.view, 'Send').click();
  await expectState(lastReply(lab.view), 'done');
  return { state: 'done', trouble: null, requests: 2, shown: { text: 'With access.' } } as const;
}

row({ id: 'L22', title: 'the extension is disabled mid-stream and enabled again', own: {} }, async (lab) => {
  const { runnel, provider } = lab;
  provider.plan({ text: drops(80), rate: 40 });
  await lab.ask('Count the drops');
  await streamedSome(lab);
  const entry = await lab.request();
  const manager = await runnel.context.newPage();
  await manager.goto('chrome://extensions');
  const enable = (isEnabled: boolean) =>
    manager.evaluate(
      ([id, on]) =>
        (
          chrome as unknown as { management: { setEnabled(id: string, on: boolean): Promise<void> } }
        ).management.setEnabled(String(id), on === true),
      [runnel.id, isEnabled],
    );
  await enable(false);
  await until('the server sees the close', () => entry.closedAt);
  await until('our pages are gone', () =>
    runnel.context.pages().every((page) => !page.url().startsWith(runnel.url(''))),
  );
  await enable(true);
  await manager.close();
  await until('the view opens', async () => await lab.openView().then(() => true));
  await lab.ends('partial');
  return {
    state: 'partial',
    trouble: { code: 'interrupted', action: 'Continue' },
    requests: 1,
    mayLoseMs: MAY_LOSE_MS,
  };
});
