// With no debugger attached the browser ends idle workers, as it does for a user. Playwright's own attachment would hide that.
// The cases run at the same time, each in a browser of its own: they only wait, and a job of one would keep another's worker awake.
import { expect, test } from '@playwright/test';
import type { Plan } from '../provider/plan.ts';
import { startProvider } from '../provider/server.ts';
import type { BareChromium } from './harness/bare.ts';
import { replyIn, sendFrom, sendIn, withBare, workerGone } from './harness/bare-chat.ts';
import { chatRequests, type Provider } from './harness/fixtures.ts';
import { squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { drops, HAS_MESSAGE_BOX } from './harness/views.ts';

/** What a user would have to notice: an idle worker ends after 30 s. */
const GONE_MS = 35_000;

async function withProvider<T>(use: (provider: Provider) => Promise<T>): Promise<T> {
  const provider = await startProvider({ rate: 200 });
  try {
    return await use(provider);
  } finally {
    await provider.close();
  }
}

/** One answer from the question to the stored end, with every view closed in between. */
function leftAlone(name: string, answer: string, plan: Plan): Promise<void> {
  return test.step(name, () =>
    withProvider((provider) =>
      withBare(provider, async (bare) => {
        provider.plan({ text: answer, ...plan });
        await (await sendFrom(bare, provider, 'Think about it')).close();
        const [entry] = chatRequests(provider);
        await until('the answer ends', () => entry?.closedAt != null, { limitMs: 420_000, everyMs: 250 });
        expect(entry?.aborted, `${name}: the worker died with the request`).toBe(false);
        const took = (entry?.closedAt ?? 0) - (entry?.startedAt ?? 0);
        const gone = await workerGone(bare, entry?.closedAt ?? 0);
        console.log(`${name}: whole after ${Math.round(took)} ms, worker gone ${Math.round(gone)} ms later`);
        expect(gone, `${name}: worker gone`).toBeLessThanOrEqual(GONE_MS);

        const reply = await replyIn(await bare.openTab('popup.html'), 'done');
        expect(squeezed(reply.text), name).toBe(squeezed(answer));
        expect(chatRequests(provider), name).toHaveLength(1);
      }),
    ),
  );
}

/** Milliseconds from the click that opens the chat to its message box, and from Send to the request at the server. */
async function openAndSend(bare: BareChromium, provider: Provider): Promise<{ open: number; send: number }> {
  provider.plan({ text: 'Here.', rate: 0 });
  const clicked = Date.now();
  const popup = await bare.openTab('popup.html');
  await until('the message box', () => popup.evaluate<boolean>(HAS_MESSAGE_BOX), { everyMs: 5 });
  const opened = Date.now();
  await sendIn(popup, provider, 'Are you there?');
  const sent = chatRequests(provider).at(-1)?.startedAt ?? 0;
  await replyIn(popup, 'done');
  await popup.close();
  return { open: opened - clicked, send: sent - opened };
}

/** A worker that slept for a minute answers the first click, and nearly as soon as one that is awake. */
function wokenUp(): Promise<void> {
  return test.step('a click on a sleeping worker', () =>
    withProvider((provider) =>
      withBare(provider, async (bare) => {
        await openAndSend(bare, provider);
        const awake = await openAndSend(bare, provider);
        const ended = chatRequests(provider).at(-1)?.closedAt ?? 0;
        expect(await workerGone(bare, ended)).toBeLessThanOrEqual(GONE_MS);
        const slept = Date.now();
        await until('a minute of sleep', () => Date.now() - slept > 60_000, {
          limitMs: 65_000,
          everyMs: 1000,
        });
        expect(await bare.workerRuns(), 'nothing woke it').toBe(false);
        const asleep = await openAndSend(bare, provider);
        const extra = asleep.open + asleep.send - awake.open - awake.send;
        console.log(
          `awake ${Math.round(awake.open)} + ${Math.round(awake.send)} ms, asleep ${Math.round(asleep.open)} + ${Math.round(asleep.send)} ms`,
        );
        expect(extra).toBeLessThanOrEqual(500);
        expect(chatRequests(provider)).toHaveLength(3);
      }),
    ));
}

test('answers that are silent for 45 and 70 s and one of six minutes arrive with every view closed; a worker that sleeps answers the first click', async () => {
  await Promise.all([
    leftAlone('silent for 45 s', drops(8), { firstTokenDelayMs: 45_000 }),
    leftAlone('silent for 70 s', drops(8), { firstTokenDelayMs: 70_000 }),
    // Four tokens a drop, five a second: 70 s and 293 s.
    leftAlone('six minutes, silent for the first 70 s', drops(366), { firstTokenDelayMs: 70_000, rate: 5 }),
    wokenUp(),
  ]);
});
