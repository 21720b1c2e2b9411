// What nobody looks at: the badge tells, opening shows it; a viewer that looks goes on by itself; two windows; an update that waits.
import type { Page, Worker } from '@playwright/test';
import { chatRequests, expect, test } from './harness/fixtures.ts';
import type { Runnel } from './harness/launch.ts';
import {
  button,
  expectState,
  lastReply,
  messageBox,
  messageText,
  replies,
  send,
  squeezed,
} from './harness/ui.ts';
import { until } from './harness/until.ts';
import { storeConfiguration } from './harness/wire.ts';

const ANSWER = Array.from({ length: 60 }, (_, index) => `Drop ${index + 1} arrives.`).join(' ');

declare const chrome: {
  action: { getBadgeText(of: object): Promise<string> };
  runtime: { onUpdateAvailable: { dispatch(details: { version: string }): void } };
};

const badge = async (runnel: Runnel): Promise<string> =>
  (await runnel.worker()).evaluate(() => chrome.action.getBadgeText({}));

async function expectBadge(runnel: Runnel, text: string): Promise<void> {
  await until(`the badge says "${text}"`, async () => (await badge(runnel)) === text);
}

/** The chat in a tab of its own, which stays open beside other views. */
async function openChat(runnel: Runnel): Promise<Page> {
  const page = await runnel.openTab('sidepanel.html');
  await expect(messageBox(page)).toBeVisible();
  return page;
}

test('the badge: while an answer is written unseen, after it ended unseen, and gone when it is opened', async ({
  runnel,
  provider,
}) => {
  provider.plan([
    { text: ANSWER, rate: 60 },
    { text: ANSWER, rate: 40, cutAfter: 60 },
  ]);
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  expect(await badge(runnel)).toBe('');
  await popup.close();
  await expectBadge(runnel, '…');
  await expectBadge(runnel, '1');
  const again = await runnel.openPopup();
  await expectState(lastReply(again.page), 'done');
  await expectBadge(runnel, '');
  await send(again.page, 'Once more');
  await again.close();
  await expectBadge(runnel, '!');
  const last = await runnel.openPopup();
  await expectState(lastReply(last.page), 'partial');
  await expectBadge(runnel, '');
  await last.close();
});

test('a popup that is opened for the badge shows what ended unseen, and not the new chat that was begun meanwhile', async ({
  runnel,
  provider,
}) => {
  provider.plan({ text: ANSWER, rate: 60 });
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  await button(popup.page, 'New chat').click();
  await expect(replies(popup.page)).toHaveCount(0);
  await expectBadge(runnel, '1');
  await popup.close();
  const again = await runnel.openPopup();
  await expectState(lastReply(again.page), 'done');
  expect(squeezed(await messageText(lastReply(again.page)))).toBe(squeezed(ANSWER));
  await again.close();
});

test('a viewer that is looking goes on by itself when the worker dies: whole text, a seam, two requests', async ({
  runnel,
  provider,
}) => {
  const options = await runnel.openTab('options.html');
  await storeConfiguration(options, { baseUrl: provider.url, language: 'es', continuing: 'automatic' });
  await options.close();
  const cut = ANSWER.indexOf('Drop 30');
  provider.plan([
    { text: ANSWER, rate: 40 },
    { text: ANSWER.slice(cut), rate: 0 },
  ]);
  const page = await openChat(runnel);
  await send(page, 'Count the drops');
  const reply = lastReply(page);
  await until('some text', async () => (await messageText(reply)).includes('Drop 12'));
  const killed = Date.now();
  await runnel.stopWorker(page);
  await until('it goes on', () => chatRequests(provider).length === 2);
  expect(Date.now() - killed).toBeLessThan(4000);
  const second = chatRequests(provider)[1]?.body as { messages: { role: string; content: string }[] };
  const partial = second.messages.at(-2);
  expect(partial?.role).toBe('assistant');
  expect(ANSWER.startsWith(String(partial?.content))).toBe(true);
  await expectState(reply, 'done');
  await expect(reply.locator('[data-part=seam]')).toHaveCount(1);
  const text = squeezed(
    await messageText(reply).then((words) => words.replace('continued after a break', '')),
  );
  expect(text.startsWith(squeezed(String(partial?.content)))).toBe(true);
  expect(text.endsWith(squeezed(ANSWER.slice(cut)))).toBe(true);
  expect(chatRequests(provider)).toHaveLength(2);
});

test('without a viewer a dead worker leaves it partial, and Keep leaves it at that', async ({
  runnel,
  provider,
}) => {
  const options = await runnel.openTab('options.html');
  await storeConfiguration(options, { baseUrl: provider.url, language: 'es', continuing: 'automatic' });
  provider.plan({ text: ANSWER, rate: 40 });
  const popup = await openChat(runnel);
  await send(popup, 'Count the drops');
  await until('some text', async () => (await messageText(lastReply(popup))).includes('Drop 12'));
  await popup.close();
  await runnel.stopWorker(options);
  await until('the server sees the close', () => chatRequests(provider)[0]?.closedAt != null);
  const again = await openChat(runnel);
  const reply = lastReply(again);
  await expectState(reply, 'partial');
  const card = again.locator('[role=alert][data-code=interrupted]');
  await expect(card.getByRole('button', { name: 'Continue' })).toBeVisible();
  await expect(card.getByRole('button', { name: 'Retry' })).toBeVisible();
  await card.getByRole('button', { name: 'Keep' }).click();
  await expect(card).toHaveCount(0);
  await expect(reply).toHaveAttribute('data-state', 'partial');
  await expect(reply).toContainText('Ended early');
  await again.reload();
  await expect(lastReply(again)).toContainText('Ended early');
  await expect(card).toHaveCount(0);
  expect(chatRequests(provider)).toHaveLength(1);
});

test('two windows send in one conversation at once: one is answered, the other gets its text back', async ({
  runnel,
  provider,
}) => {
  provider.plan({ text: ANSWER, rate: 100 });
  const windows = [await openChat(runnel), await openChat(runnel)];
  for (const [index, page] of windows.entries()) await messageBox(page).fill(`Window ${index + 1} asks`);
  await Promise.all(windows.map((page) => page.evaluate(pressSend)));
  for (const page of windows) {
    await expect(replies(page)).toHaveCount(1);
    await expectState(lastReply(page), 'done');
    // A window behind another draws when it can.
    await page.bringToFront();
    await until(
      'the whole text',
      async () => squeezed(await messageText(lastReply(page))) === squeezed(ANSWER),
    );
  }
  const kept = await Promise.all(windows.map((page) => messageBox(page).inputValue()));
  expect(kept.filter((text) => text !== '')).toHaveLength(1);
  expect(chatRequests(provider)).toHaveLength(1);
  const asked = chatRequests(provider)[0]?.body as { messages: { content: string }[] };
  expect(kept).not.toContain(asked.messages.at(-1)?.content);
});

/** As a click, without Playwright's own waiting: both windows within some milliseconds. */
function pressSend(): void {
  document.querySelector<HTMLButtonElement>('button[aria-label=Send]')?.click();
}

test('two windows with a conversation each: both stream at once, neither shows the other', async ({
  runnel,
  provider,
}) => {
  provider.plan([
    // Long enough to be still under way on a slow machine; they are stopped.
    { text: 'First answer. '.repeat(2000), rate: 40 },
    { text: 'Second answer. '.repeat(2000), rate: 40 },
  ]);
  const one = await openChat(runnel);
  await send(one, 'Question one');
  await expectState(lastReply(one), 'streaming');
  const two = await openChat(runnel);
  await button(two, 'New chat').click();
  await expect(replies(two)).toHaveCount(0);
  await send(two, 'Question two');
  await expectState(lastReply(two), 'streaming');
  await expect(lastReply(one)).toHaveAttribute('data-state', 'streaming');
  for (const page of [one, two]) {
    await page.bringToFront();
    await until('some text', async () => (await messageText(lastReply(page))).includes('answer'));
  }
  await button(one, 'Stop').click();
  await expectState(lastReply(one), 'partial');
  await expect(lastReply(two)).toHaveAttribute('data-state', 'streaming');
  await button(two, 'Stop').click();
  await expectState(lastReply(two), 'partial');
  expect(await messageText(lastReply(one))).not.toContain('Second');
  expect(await messageText(lastReply(two))).not.toContain('First');
  expect(chatRequests(provider)).toHaveLength(2);
});

test('a message that left with its popup before the worker had it is back in the box', async ({
  runnel,
  provider,
}) => {
  const page = await openChat(runnel);
  await page.evaluate(() => {
    // As a view leaves it that closed before its port was open.
    const entry = { turnId: 'never-arrived', text: 'Written in a hurry', at: Date.now() };
    localStorage.setItem('outbox', JSON.stringify([entry]));
  });
  await page.reload();
  await expect(messageBox(page)).toHaveValue('Written in a hurry');
  await expect(page.locator('[data-part=note]')).toContainText('not sent');
  expect(chatRequests(provider)).toHaveLength(0);
  // It is a draft from now on, there once.
  await page.reload();
  await expect(messageBox(page)).toHaveValue('Written in a hurry');
  await expect(page.locator('[data-part=note]')).toHaveText('');
});

test('closing the popup in the instant of sending loses nothing', async ({ runnel, provider }) => {
  provider.plan({ text: 'Here.', rate: 0 });
  for (let round = 0; round < 5; round++) {
    provider.journal.length = 0;
    const page = await openChat(runnel);
    const text = `Quick ${round}`;
    await messageBox(page).fill(text);
    await runnel.stopWorker(page);
    await page
      .evaluate(() => {
        document.querySelector<HTMLButtonElement>('button[aria-label=Send]')?.click();
        window.close();
      })
      .catch(() => {});
    const again = await openChat(runnel);
    await until('it was asked, or is back in the box', async () => {
      const isBack = (await messageBox(again).inputValue()).includes(text);
      return isBack || (await again.getByRole('log').textContent())?.includes(text);
    });
    await until('it was asked at most once', () => chatRequests(provider).length <= 1);
    // An empty conversation is a new one already, and keeps what is written in it.
    await messageBox(again).fill('');
    await button(again, 'New chat').click();
    await again.close();
  }
});

test('an update waits for the answer that is being written', async ({ runnel, provider }) => {
  provider.plan({ text: ANSWER, rate: 60 });
  const popup = await runnel.openPopup();
  await send(popup.page, 'Count the drops');
  await expectState(lastReply(popup.page), 'streaming');
  const worker: Worker = await runnel.worker();
  await worker.evaluate(() => chrome.runtime.onUpdateAvailable.dispatch({ version: '9.9' }));
  await popup.close();
  const [entry] = chatRequests(provider);
  await until('the answer ends', () => entry?.closedAt != null, { limitMs: 20_000 });
  expect(entry?.aborted).toBe(false);
  // What is loaded from the command line does not come back by itself; that it has gone shows that it was to start anew.
  const page = await runnel.context.newPage();
  await until('the extension ends to start anew', () =>
    page.goto(runnel.url('sidepanel.html')).then(
      () => false,
      (error: unknown) => String(error).includes('ERR_BLOCKED_BY_CLIENT'),
    ),
  );
  expect(chatRequests(provider)).toHaveLength(1);
});
