// What can be done with a message: ask it in other words, step between its versions, delete it and have it back, look at how it was answered.
import type { Locator, Page } from '@playwright/test';
import { chatRequests, expect, test } from './harness/fixtures.ts';
import { articles, button, expectState, lastReply, messageText, replies, send } from './harness/ui.ts';

declare const chrome: { storage: { local: { set(items: object): Promise<void> } } };

const questions = (page: Page): Locator => page.locator('[role=log] [data-role=user]');
/** What the server was asked, from the first message on. */
const asked = (body: unknown): unknown =>
  (body as { messages: { role: string; content: string }[] }).messages.map(({ content }) => content);

/** What is on screen, in order. */
async function expectTexts(page: Page, texts: readonly string[]): Promise<void> {
  await expect
    .poll(() => page.locator('[role=log] .user-text, [role=log] .prose').allInnerTexts(), { timeout: 15_000 })
    .toEqual(texts);
}

async function talk(page: Page, ...turns: string[]): Promise<void> {
  for (const [index, question] of turns.entries()) {
    await send(page, question);
    await expect(replies(page)).toHaveCount(index + 1);
    await expectState(lastReply(page), 'done');
  }
}

test('a question is asked in other words; both versions stay, here, in another view and after the worker', async ({
  runnel,
  provider,
}) => {
  const other = await runnel.openTab('popup.html');
  const page = await runnel.openTab('sidepanel.html');
  provider.plan(
    ['one', 'two', 'one anew', 'two again'].map((text) => ({ text: `Answer ${text}.`, rate: 0 })),
  );
  await talk(page, 'First', 'Second');

  const first = questions(page).first();
  await first.hover();
  await first.getByRole('button', { name: 'Edit' }).click();
  const box = page.getByRole('textbox', { name: 'Edit message' });
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('First');
  await box.fill('Given up');
  await page.keyboard.press('Escape');
  await expect(box).toHaveCount(0);
  await expect(first.getByRole('button', { name: 'Edit' })).toBeFocused();
  await expectTexts(page, ['First', 'Answer one.', 'Second', 'Answer two.']);

  await page.keyboard.press('Enter');
  await box.fill('First, in other words');
  await button(page, 'Save & send').click();
  await expectTexts(page, ['First, in other words', 'Answer one anew.']);
  await expectTexts(other, ['First, in other words', 'Answer one anew.']);
  expect(asked(chatRequests(provider)[2]?.body)).toEqual(['First, in other words']);
  await expect(page.getByText('2 of 2', { exact: true })).toBeVisible();

  await button(page, 'Previous version').click();
  await expectTexts(page, ['First', 'Answer one.', 'Second', 'Answer two.']);
  await expectTexts(other, ['First', 'Answer one.', 'Second', 'Answer two.']);
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible();
  await expect(button(page, 'Previous version')).toBeFocused();
  await expect(button(page, 'Previous version')).toHaveAttribute('aria-disabled', 'true');

  // A question goes on from the version that is shown.
  await lastReply(page).getByRole('button', { name: 'Regenerate' }).click();
  await expectTexts(page, ['First', 'Answer one.', 'Second', 'Answer two again.']);
  expect(asked(chatRequests(provider)[3]?.body)).toEqual(['First', 'Answer one.', 'Second']);

  await replies(page).first().getByRole('button', { name: 'Next version' }).click();
  await expectTexts(page, ['First, in other words', 'Answer one anew.']);
  await runnel.stopWorker(page);
  await page.reload();
  await expectTexts(page, ['First, in other words', 'Answer one anew.']);
  await button(page, 'Previous version').click();
  // The newest end of that branch.
  await expectTexts(page, ['First', 'Answer one.', 'Second', 'Answer two again.']);
  expect(chatRequests(provider)).toHaveLength(4);
});

test('while an answer is written nothing else is changed, and the words say so', async ({
  runnel,
  provider,
}) => {
  const page = await runnel.openTab('sidepanel.html');
  provider.plan([
    { text: 'Answer one.', rate: 0 },
    { tokens: 4000, rate: 20 },
  ]);
  await talk(page, 'First');
  await send(page, 'Second');
  await expectState(lastReply(page), 'streaming');
  const first = questions(page).first();
  await first.hover();
  await first.getByRole('button', { name: 'Edit' }).click();
  const box = page.getByRole('textbox', { name: 'Edit message' });
  await box.fill('Too soon');
  await button(page, 'Save & send').click();
  const words = page.getByText('An answer is being written. Stop it or wait for its end.');
  await expect(words).toBeVisible();
  await expect(box).toHaveValue('Too soon');
  await replies(page).first().hover();
  await replies(page).first().getByRole('button', { name: 'Regenerate' }).click();
  expect(chatRequests(provider)).toHaveLength(2);
  await button(page, 'Stop').click();
  await expectState(lastReply(page), 'partial');
  provider.plan({ text: 'Now.', rate: 0 });
  await button(page, 'Save & send').click();
  await expectTexts(page, ['Too soon', 'Now.']);
  await expect(words).toHaveCount(0);
});

test('a message is deleted, brought back, and deleted for good', async ({ runnel, provider }) => {
  const page = await runnel.openTab('sidepanel.html');
  provider.plan(['one', 'two', 'three', 'four'].map((text) => ({ text: `Answer ${text}.`, rate: 0 })));
  await talk(page, 'First', 'Second', 'Third');
  const remove = async (reply: Locator) => {
    await reply.hover();
    await reply.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByText('Message deleted.', { exact: true })).toBeVisible();
  };
  await remove(replies(page).nth(1));
  await expect(button(page, 'Undo')).toBeFocused();
  await expect(articles(page)).toHaveCount(4);
  await page.keyboard.press('Enter');
  await expectTexts(page, ['First', 'Answer one.', 'Second', 'Answer two.', 'Third', 'Answer three.']);
  await expect(replies(page).nth(1)).toBeFocused();

  // What is asked next follows what is left, also where the worker has to start first and hears of both at once.
  await remove(replies(page).nth(1));
  await runnel.stopWorker(page);
  await send(page, 'Fourth');
  await expectTexts(page, ['First', 'Answer one.', 'Third', 'Answer three.', 'Fourth', 'Answer four.']);
  expect(asked(chatRequests(provider)[3]?.body)).toEqual([
    'First',
    'Answer one.',
    'Third',
    'Answer three.',
    'Fourth',
  ]);

  // The view goes, and the message with it.
  await remove(replies(page).first());
  await page.close();
  const again = await runnel.openTab('popup.html');
  await expectTexts(again, ['Third', 'Answer three.', 'Fourth', 'Answer four.']);
});

test('copies Markdown, plain text and the question', async ({ runnel, provider }) => {
  const page = await runnel.openTab('sidepanel.html');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  provider.plan({ text: 'It is **bold**, see [this](https://example.com/a).\n\n- one\n- two\n', rate: 0 });
  await talk(page, 'Show marks');
  await button(page, 'Copy').click();
  await expect.poll(clipboard).toBe('It is **bold**, see [this](https://example.com/a).\n\n- one\n- two\n');
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Copy as plain text' }).click();
  await expect.poll(clipboard).toBe('It is bold, see this (https://example.com/a).\n\n- one\n- two');
  await button(page, 'Copy question').click();
  await expect.poll(clipboard).toBe('Show marks');
});

test('details, thoughts and tool calls of an answer, also when it is read from the history', async ({
  runnel,
  provider,
}) => {
  const page = await runnel.openTab('sidepanel.html');
  provider.plan([
    { reasoning: 'Let me see. '.repeat(30), text: 'Done thinking.', rate: 60 },
    {
      text: 'I ask for two tools.',
      rate: 0,
      toolCalls: [
        { name: 'find_weather', arguments: { city: 'Berlin', days: 3 } },
        { name: 'run', arguments: `{"html":"<img src=x onerror=alert(1)>${'x'.repeat(30_000)}"}` },
      ],
    },
  ]);
  await talk(page, 'Think', 'Use tools');
  const check = async () => {
    const thoughts = replies(page).first().locator('summary').first();
    await expect(thoughts).toHaveText(/^Thought for \d+ s$/);
    const cards = lastReply(page).locator('[data-role=tool]');
    await expect(cards).toHaveCount(2);
    await expect(cards.first()).toHaveAttribute('data-state', 'done');
    await expect(cards.first()).toContainText('find_weather');
    await expect(cards.first().locator('summary')).toHaveText('city: Berlin, days: 3');
    await cards.first().locator('summary').click();
    await expect(cards.first().locator('pre')).toHaveText('{\n  "city": "Berlin",\n  "days": 3\n}');
    await cards.nth(1).locator('summary').click();
    await expect(cards.nth(1)).toContainText('more characters are not shown.');
    await expect(cards.locator('img')).toHaveCount(0);
  };
  await check();
  await runnel.stopWorker(page);
  await page.reload();
  await expect(replies(page)).toHaveCount(2);
  await check();

  const details = lastReply(page).getByRole('button', { name: 'Details' });
  await details.click();
  await expect(details).toHaveAttribute('aria-expanded', 'true');
  const list = lastReply(page).locator('dl.details');
  for (const words of [
    'Complete',
    'scripted-small',
    new URL(provider.url).host,
    'First token',
    'Duration',
    'HTTP status',
  ])
    await expect(list).toContainText(words);
  await expect(list).not.toContainText('Cost');
  await details.click();
  await expect(list).toHaveCount(0);
  // As the options page leaves it when the server's list of models says what they cost, in dollars for a million tokens.
  const models = [{ id: 'scripted-small', price: { input: 10_000, output: 20_000 } }];
  const kept = { [`models ${provider.url}`]: { at: Date.now(), models } };
  await page.evaluate((stored) => chrome.storage.local.set(stored), kept);
  await details.click();
  await expect(list).toContainText(/Cost\s*about \$\d+\.\d\d/);
  await details.click();
  expect(await messageText(lastReply(page))).toBe('I ask for two tools.');
});
