// Failures that mend themselves, and those that offer to be mended, in the real popup.

import type { Locator } from '@playwright/test';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import {
  alertCard,
  button,
  expectState,
  lastReply,
  readFigures,
  selectBlocks,
  send,
  squeezed,
} from './harness/ui.ts';

// The demo provider goes on with an answer it knows from exactly where the partial ends.
const QUESTION = 'Tell me a long story';

/** All of an answer: what is out of sight is not laid out, so the text as rendered would be a part of it. */
async function wholeText(reply: Locator): Promise<string> {
  return squeezed((await reply.locator('.prose').textContent()) ?? '');
}

test('a stream that is cut three times arrives whole, with three seams and no word twice', async ({
  runnel,
  provider,
}) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, retries: 3, continuing: 'automatic' });
  const popup = await runnel.openPopup();
  provider.plan([{ rate: 0 }]);
  await send(popup.page, QUESTION);
  await expectState(lastReply(popup.page), 'done');
  const whole = await wholeText(lastReply(popup.page));
  expect(whole.length).toBeGreaterThan(3000);

  await button(popup.page, 'New chat').click();
  // At a readable rate: a connection that is reset takes with it what the browser had not read yet.
  provider.plan([
    { rate: 1000, cutAfter: 200 },
    { rate: 0, eofAfter: 300 },
    { rate: 1000, cutAfter: 250 },
    { rate: 0 },
  ]);
  await send(popup.page, QUESTION);
  await expectState(lastReply(popup.page), 'done', 30_000);
  const seams = lastReply(popup.page).locator('[data-part=seam]');
  await expect(seams).toHaveCount(3);
  const seamWords = (await seams.allTextContents()).map(squeezed);
  const text = await wholeText(lastReply(popup.page));
  expect(seamWords.reduce((rest, words) => rest.replace(words, ''), text)).toBe(whole);
  expect(chatRequests(provider)).toHaveLength(5);
  await popup.close();

  const again = await runnel.openPopup();
  await expectState(lastReply(again.page), 'done');
  await expect(lastReply(again.page).locator('[data-part=seam]')).toHaveCount(3);
  await again.close();
});

test('with "Ask first" a cut answer stays partial and offers to go on', async ({ runnel, provider }) => {
  const popup = await runnel.openPopup();
  provider.plan([{ rate: 0, eofAfter: 100 }, { rate: 0 }]);
  await send(popup.page, QUESTION);
  await expectState(lastReply(popup.page), 'partial');
  await expect(alertCard(popup.page)).toHaveAttribute('data-code', 'interrupted');
  await button(popup.page, 'Continue').click();
  await expectState(lastReply(popup.page), 'done');
  await expect(lastReply(popup.page).locator('[data-part=seam]')).toHaveCount(1);
  await expect(alertCard(popup.page)).toHaveCount(0);
  expect(chatRequests(provider)).toHaveLength(2);
  await popup.close();
});

test('a rate limit is waited out, and the wait is on screen', async ({ runnel, provider }) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, retries: 3 });
  provider.plan([{ status: 429, headers: { 'retry-after': '2' } }, { text: 'After the wait.' }]);
  const popup = await runnel.openPopup();
  await send(popup.page, 'Hello');
  await expectState(lastReply(popup.page), 'retrying');
  await expect(lastReply(popup.page)).toContainText(/trying again in \d s/);
  await expectState(lastReply(popup.page), 'done');
  await expect(lastReply(popup.page)).toContainText('After the wait.');
  const [first, second] = chatRequests(provider);
  expect((second?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeGreaterThanOrEqual(2000);
  expect((await readFigures(lastReply(popup.page))).retries).toBe(1);
  await popup.close();
});

test('Cancel ends a wait at once', async ({ runnel, provider }) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, retries: 3 });
  provider.plan([{ status: 429, headers: { 'retry-after': '50' } }, { text: 'never asked' }]);
  const popup = await runnel.openPopup();
  await send(popup.page, 'Hello');
  await expect(lastReply(popup.page)).toContainText(/trying again in \d+ s/);
  await button(popup.page, 'Cancel').click();
  await expectState(lastReply(popup.page), 'failed', 2000);
  await expect(button(popup.page, 'Retry')).toBeVisible();
  await button(popup.page, 'Retry').click();
  await expectState(lastReply(popup.page), 'done');
  expect(chatRequests(provider)).toHaveLength(2);
  await popup.close();
});

test('a server that comes back is asked again, and the answer comes once', async ({ runnel, provider }) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, retries: 3 });
  provider.plan([{ closeBeforeHeaders: true }, { status: 500 }, { text: 'Here it is.' }]);
  const popup = await runnel.openPopup();
  await send(popup.page, 'Hello');
  await expectState(lastReply(popup.page), 'done');
  expect(await wholeText(lastReply(popup.page))).toBe('Hereitis.');
  expect(chatRequests(provider)).toHaveLength(3);
  await popup.close();
});

test('a server that echoes the key in its refusal shows no key', async ({ runnel, provider }) => {
  provider.plan({ status: 401, body: { error: { message: `Incorrect API key provided: ${CANARY}.` } } });
  const popup = await runnel.openPopup();
  await send(popup.page, 'Hello');
  await expect(alertCard(popup.page)).toHaveAttribute('data-code', 'unauthorised');
  await popup.page.getByText('Details').click();
  await expect(alertCard(popup.page)).toContainText('Incorrect API key provided');
  expect(await popup.page.content()).not.toContain(CANARY);
  await popup.close();
});

test('a translation that breaks in a block goes on too', async ({ runnel, provider }) => {
  await runnel.configure({
    baseUrl: provider.url,
    key: CANARY,
    language: 'es',
    retries: 3,
    continuing: 'automatic',
  });
  const text = 'Un arroyo empieza casi por casualidad y nadie lo espera.';
  provider.plan([{ text: text.slice(0, 30), finishReason: null, noDone: true }, { text: text.slice(30) }]);
  await runnel.tab.bringToFront();
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  await expect(runnel.tab.locator('#p1')).toHaveText(text);
  expect(chatRequests(provider)).toHaveLength(2);
});
