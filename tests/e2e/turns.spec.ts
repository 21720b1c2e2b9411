// An answer outlives its viewers, and a dead worker loses no more than the stream it carried.
import { chatRequests, expect, test } from './harness/fixtures.ts';
import {
  articles,
  button,
  expectState,
  fillOptions,
  lastReply,
  messageBox,
  messageText,
  replies,
  send,
  squeezed,
} from './harness/ui.ts';
import { until } from './harness/until.ts';

// Numbered, so that a gap or a repetition shows.
const ANSWER = Array.from({ length: 60 }, (_, index) => `Drop ${index + 1} arrives.`).join(' ');

test('the popup is closed mid-stream and opened again: the text is whole, one request', async ({
  runnel,
  provider,
}) => {
  provider.plan({ text: ANSWER, rate: 80 });
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  await popup.close();
  const again = await runnel.openPopup();
  await expectState(lastReply(again.page), 'streaming');
  await expectState(lastReply(again.page), 'done');
  expect(squeezed(await messageText(lastReply(again.page)))).toBe(squeezed(ANSWER));
  expect(chatRequests(provider)).toHaveLength(1);
  expect(chatRequests(provider)[0]?.aborted).toBe(false);
  await again.close();
});

test('the popup is closed mid-stream and opened after the end: the text is whole', async ({
  runnel,
  provider,
}) => {
  provider.plan({ text: ANSWER, rate: 200 });
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  await popup.close();
  const [entry] = chatRequests(provider);
  await until('the server has sent all', () => entry?.closedAt != null, { limitMs: 20_000 });
  const again = await runnel.openPopup();
  await expectState(lastReply(again.page), 'done');
  expect(squeezed(await messageText(lastReply(again.page)))).toBe(squeezed(ANSWER));
  expect(chatRequests(provider)).toHaveLength(1);
  await again.close();
});

test('popup and side panel show one stream', async ({ runnel, provider }) => {
  provider.plan({ text: ANSWER, rate: 60 });
  const panel = await runnel.openPanel();
  const popup = await runnel.openPopup();
  await send(panel.page, 'Count the drops');
  await expectState(lastReply(panel.page), 'streaming');
  await expectState(lastReply(popup.page), 'streaming');
  await expectState(lastReply(popup.page), 'done');
  await expectState(lastReply(panel.page), 'done');
  for (const { page } of [panel, popup]) {
    await expect(articles(page)).toHaveCount(2);
    expect(squeezed(await messageText(lastReply(page)))).toBe(squeezed(ANSWER));
  }
  expect(chatRequests(provider)).toHaveLength(1);
  await popup.close();
  await panel.close();
});

test('Stop in one view stops the stream in the other', async ({ runnel, provider }) => {
  provider.plan({ tokens: 2000, rate: 60 });
  const panel = await runnel.openPanel();
  const popup = await runnel.openPopup();
  await send(panel.page, 'Go on for long');
  await expectState(lastReply(popup.page), 'streaming');
  await button(popup.page, 'Stop').click();
  await expectState(lastReply(popup.page), 'partial');
  await expectState(lastReply(panel.page), 'partial');
  const [entry] = chatRequests(provider);
  await until('the server sees the close', () => entry?.closedAt != null);
  await popup.close();
  await panel.close();
});

test('a worker that is killed mid-stream leaves the partial answer, and the next message works', async ({
  runnel,
  provider,
}) => {
  provider.plan([{ text: ANSWER, rate: 40 }, { text: 'Back again.' }]);
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  const reply = replies(popup.page).first();
  await until('some text', async () => (await messageText(reply)).includes('Drop 12'), { limitMs: 10_000 });
  await runnel.stopWorker(popup.page);
  const [entry] = chatRequests(provider);
  await until('the server sees the close', () => entry?.closedAt != null);
  await expectState(reply, 'partial');
  // What is left is a beginning of the answer, with nothing twice and no gap; at most the last moment is lost.
  const left = squeezed(await messageText(reply));
  const sent = squeezed(entry?.textSent ?? '');
  expect(sent.startsWith(left)).toBe(true);
  const streamedMs = Number(entry?.closedAt) - Number(entry?.firstByteAt);
  const lostMs = ((sent.length - left.length) / sent.length) * streamedMs;
  // The ledger is written every 300 ms; the rest is for the machine.
  expect(lostMs).toBeLessThan(600);
  const drops = [...left.matchAll(/Drop(\d+)arrives/g)].map(([, number]) => Number(number));
  expect(drops).toEqual(drops.map((_, index) => index + 1));
  await send(popup.page, 'Are you there?');
  await expect(replies(popup.page)).toHaveCount(2);
  await expectState(lastReply(popup.page), 'done');
  expect(await messageText(lastReply(popup.page))).toContain('Back again.');
  expect(chatRequests(provider)).toHaveLength(2);
  await popup.close();
});

test('the conversation is there again after the worker and the popup are gone', async ({
  runnel,
  provider,
}) => {
  provider.plan({ text: ANSWER, rate: 0 });
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'done');
  await popup.close();
  await runnel.stopWorker();
  const again = await runnel.openPopup();
  await expectState(lastReply(again.page), 'done');
  await expect(again.page.getByRole('log')).toContainText('Count the drops');
  expect(squeezed(await messageText(lastReply(again.page)))).toBe(squeezed(ANSWER));
  expect(chatRequests(provider)).toHaveLength(1);
  await again.close();
});

test('without settings a first message leads to the settings and back', async ({ fresh, provider }) => {
  await fresh.tab.goto(`${provider.origin}/demo`);
  const popup = await fresh.openPopup();
  await messageBox(popup.page).fill('Hello');
  // The popup may close under the click.
  await button(popup.page, 'Send')
    .click()
    .catch(() => {});
  const options = await until('the settings open', () =>
    fresh.context.pages().find((page) => page.url().includes('options.html')),
  );
  expect(chatRequests(provider)).toHaveLength(0);
  await fillOptions(options, { baseUrl: provider.url, key: 'first-key', model: 'scripted-small' });
  await options.getByRole('button', { name: /^Back/ }).click();
  await until('the first tab is in front again', () =>
    fresh.tab.evaluate(() => document.visibilityState === 'visible'),
  );
  await popup.close();
  const again = await fresh.openPopup();
  await send(again.page, 'Hello');
  await expectState(lastReply(again.page), 'done');
  expect(chatRequests(provider)).toHaveLength(1);
  await again.close();
});
