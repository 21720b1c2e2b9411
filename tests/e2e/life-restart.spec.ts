// The whole browser ends while an answer is being written, and starts again with the same profile.
import { test as base, expect } from '@playwright/test';
import { startProvider } from '../provider/server.ts';
import { type BareChromium, type BareTab, launchBare } from './harness/bare.ts';
import { configureBare, replyIn, sendFrom, sendIn } from './harness/bare-chat.ts';
import { chatRequests, type Provider } from './harness/fixtures.ts';
import { LOOPBACK_PATTERN } from './harness/launch.ts';
import { expectBuild } from './harness/places.ts';
import { createProfile, type Profile } from './harness/profile.ts';
import { squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { drops, LAST_REPLY, type SeenReply } from './harness/views.ts';

const grant = [LOOPBACK_PATTERN];
/** What may be lost of a stream: the ledger is written every 200 ms, and writing takes its time. */
const LOST_MS = 400;

const test = base.extend<{ provider: Provider; profile: Profile }>({
  // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
  provider: async ({}, use) => {
    const provider = await startProvider({ rate: 200 });
    await use(provider);
    await provider.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: required by the test runner
  profile: async ({}, use) => {
    const profile = createProfile({ extension: expectBuild('chrome-mv3'), grant });
    await use(profile);
    profile.remove();
  },
});

// A machine that has no time for its disk loses more than one that has; it is given other chances.
test.describe.configure({ retries: 2 });

/** Milliseconds of stream between what is shown and what the server handed out. @throws where what is shown is no beginning of it */
function lostMs(provider: Provider, shown: string): number {
  const [entry] = chatRequests(provider);
  const sent = squeezed(entry?.textSent ?? '');
  const kept = squeezed(shown);
  expect(kept.length).toBeGreaterThan(0);
  expect(sent.slice(0, kept.length), 'a beginning of the answer, no gap, nothing twice').toBe(kept);
  const streamedMs = (entry?.closedAt ?? entry?.lastChunkAt ?? 0) - (entry?.firstByteAt ?? 0);
  return ((sent.length - kept.length) / sent.length) * streamedMs;
}

/** No request for `ms`. */
async function staysSilent(provider: Provider, ms: number): Promise<void> {
  const seen = chatRequests(provider).length;
  const from = Date.now();
  await until(
    'silence',
    () => {
      if (chatRequests(provider).length > seen) return 'a request';
      return Date.now() - from > ms && 'silence';
    },
    { limitMs: ms + 2000 },
  ).then((what) => expect(what).toBe('silence'));
}

async function withProfile(profile: Profile, use: (bare: BareChromium) => Promise<void>): Promise<void> {
  const bare = await launchBare({ grant, profile });
  try {
    await use(bare);
  } finally {
    await bare.close();
  }
}

/** `lagMs`: what was on its way to the screen when the browser ended; words that had not arrived cannot be kept. */
async function expectHonestRest(
  popup: BareTab,
  provider: Provider,
  name: string,
  lagMs: number,
): Promise<void> {
  const reply = await replyIn(popup, 'partial');
  // The buttons come a moment after the text.
  const canGoOn = async () => (await popup.evaluate<SeenReply>(LAST_REPLY)).buttons.includes('Continue');
  await until('the button Continue', canGoOn);
  const lost = lostMs(provider, reply.text);
  console.log(
    `${name}: ${Math.round(lost)} ms of stream lost, ${Math.round(lagMs)} ms of it not on screen yet`,
  );
  expect(lost - lagMs).toBeLessThanOrEqual(LOST_MS);
}

for (const continuing of ['ask', 'automatic'] as const) {
  for (const way of ['close', 'kill'] as const) {
    const name = `${way === 'kill' ? 'SIGKILL' : 'a clean quit'}, continuing "${continuing}"`;
    test(`${name} mid-stream: the partial is there with Continue, nothing is sent by itself, the next message works`, async ({
      provider,
      profile,
    }) => {
      // A session of its own: the browser writes a granted permission to disk ten seconds later, or when it quits.
      await withProfile(profile, (bare) => configureBare(bare, provider.url, { retries: 3, continuing }));
      provider.plan({ text: drops(400), rate: 80 });
      const bare = await launchBare({ grant, profile });
      let lag = 0;
      try {
        const view = await sendFrom(bare, provider, 'Count the drops');
        const enough = () => (chatRequests(provider)[0]?.chunksSent ?? 0) > 200;
        await until('a part of the answer', enough, { limitMs: 15_000 });
        lag = lostMs(provider, (await view.evaluate<SeenReply>(LAST_REPLY)).text);
      } finally {
        await bare[way]();
      }
      await until('the server sees the close', () => chatRequests(provider)[0]?.closedAt != null);

      await withProfile(profile, async (again) => {
        await staysSilent(provider, 5000);
        const popup = await again.openTab('popup.html');
        await expectHonestRest(popup, provider, name, lag);
        await staysSilent(provider, 3000);
        expect(chatRequests(provider)).toHaveLength(1);
        provider.plan({ text: 'Back again.' });
        await sendIn(popup, provider, 'Are you there?');
        const reply = await replyIn(popup, 'done');
        expect(reply.text).toContain('Back again.');
        expect(chatRequests(provider)).toHaveLength(2);
      });
    });
  }
}
