// The chat with nothing but a keyboard: every step leaves the focus somewhere, and everything can be reached.
import type { Page } from '@playwright/test';
import { chatRequests, expect, test } from './harness/fixtures.ts';
import { articles, button, expectState, lastReply, messageBox, replies } from './harness/ui.ts';
import { until } from './harness/until.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const article = element?.closest('article');
    const name = element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    return element === document.body ? 'nothing' : `${article?.dataset['role'] ?? 'chat'}: ${name}`;
  });
const expectFocus = (page: Page, what: string) => expect.poll(() => focused(page)).toBe(what);

async function ask(page: Page, text: string): Promise<void> {
  const before = await replies(page).count();
  await expect(messageBox(page)).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(replies(page)).toHaveCount(before + 1);
  await expectState(lastReply(page), 'done');
}

for (const surface of ['popup', 'panel'] as const) {
  test(`a walk through the ${surface} by keyboard alone`, async ({ runnel, provider }) => {
    provider.plan(
      ['one', 'two', 'two anew', 'one in other words'].map((text) => ({ text: `Answer ${text}.`, rate: 0 })),
    );
    const { page, close } = surface === 'popup' ? await runnel.openPopup() : await runnel.openPanel();
    await ask(page, 'First');
    await ask(page, 'Second');
    // The keys come when the chat is on screen.
    await until('the keys are there', async () => {
      await page.keyboard.press('Alt+ArrowUp');
      return (await focused(page)) === 'assistant: Answer';
    });
    await page.keyboard.press('k');
    await expectFocus(page, 'user: Your message');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expectFocus(page, 'chat: Message');
    await page.keyboard.press('Alt+ArrowUp');

    // Asked again: another version, and the focus back in the box, for the button went with the answer.
    await page.keyboard.press('r');
    await expect(page.getByText('2 of 2', { exact: true })).toBeVisible();
    await expectState(lastReply(page), 'done');
    await expect(lastReply(page)).toContainText('Answer two anew.');
    expect(await focused(page)).toBe('chat: Message');

    // Step back by Tab and Enter: the focus stays on the button.
    await lastReply(page).focus();
    await page.keyboard.press('Tab');
    await expectFocus(page, 'assistant: Previous version');
    await page.keyboard.press('Enter');
    await expect(lastReply(page)).toContainText('Answer two.');
    await expectFocus(page, 'assistant: Previous version');
    await page.keyboard.press('Tab');
    await expectFocus(page, 'assistant: Next version');
    await page.keyboard.press('Enter');
    await expect(lastReply(page)).toContainText('Answer two anew.');
    await expectFocus(page, 'assistant: Next version');

    // Edit the first question; Escape leaves it, and does not close the popup.
    await articles(page).first().focus();
    await page.keyboard.press('e');
    await expectFocus(page, 'user: Edit message');
    await page.keyboard.type(', not sent');
    await page.keyboard.press('Escape');
    await expectFocus(page, 'user: Edit');

    // Delete and undo.
    await page.keyboard.press('d');
    await expectFocus(page, 'chat: Undo');
    await page.keyboard.press('Enter');
    await expectFocus(page, 'assistant: Answer');
    await expect(articles(page)).toHaveCount(4);

    // The menu: opened, walked through, left.
    await button(page, 'More').last().focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Copy as plain text' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expectFocus(page, 'assistant: More');

    // All shortcuts, by the key and by the button; those of the browser among them.
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(dialog).toContainText('Open the side panel');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expectFocus(page, 'assistant: More');
    await button(page, 'Keyboard shortcuts').focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expectFocus(page, 'chat: Keyboard shortcuts');

    // Send the edited question: the box takes the focus.
    await articles(page).first().focus();
    await page.keyboard.press('e');
    await expectFocus(page, 'user: Edit message');
    await expect(page.getByRole('textbox', { name: 'Edit message' })).toHaveValue('First, not sent');
    await page.keyboard.press('Enter');
    await expect(lastReply(page)).toContainText('Answer one in other words.');
    await expectState(lastReply(page), 'done');
    await expectFocus(page, 'chat: Message');
    expect(chatRequests(provider)).toHaveLength(4);

    // A letter is a letter in the box; among the messages it begins a new chat.
    await page.keyboard.type('n?');
    await expect(messageBox(page)).toHaveValue('n?');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('n');
    await expect(articles(page)).toHaveCount(0);
    await expect(messageBox(page)).toBeFocused();
    await close();
  });
}

test('an answer is read aloud by sentences, through one live region', async ({ runnel, provider }) => {
  const page = await runnel.openTab('sidepanel.html');
  const text = Array.from(
    { length: 12 },
    (_, index) => `Sentence **${index + 1}** has [some](https://a.example) words.`,
  );
  provider.plan({ text: text.join(' '), rate: 25 });
  // The page is loaded before its modules have drawn anything.
  await expect(page.locator('main > [role=status]')).toBeAttached();
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const region = document.querySelector('main > [role=status]');
    new MutationObserver(() => said.push(region?.textContent ?? '')).observe(region ?? document, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await messageBox(page).fill('Speak');
  await page.keyboard.press('Enter');
  await expectState(lastReply(page), 'done');
  const said = () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  await until('the end is said', async () => (await said()).at(-1)?.endsWith('Answer complete.'));
  const all = await said();
  expect(all.length).toBeGreaterThan(3);
  const words = text.map((_, index) => `Sentence ${index + 1} has some words.`).join(' ');
  expect(all.join(' ').replace(/\s+/g, ' ')).toBe(`Waiting for the answer. ${words} Answer complete.`);

  // Those who want to hear only the end say so beside the keys.
  await page.keyboard.press('Control+/');
  await page.getByRole('checkbox', { name: /^Announce answers sentence by sentence/ }).press('Space');
  await expect(page.getByRole('checkbox')).not.toBeChecked();
  await page.keyboard.press('Escape');
  provider.plan({ text: text.join(' '), rate: 60 });
  await messageBox(page).fill('Once more');
  await page.keyboard.press('Enter');
  await until('the end is said again', async () => (await said()).length >= all.length + 2);
  await expectState(lastReply(page), 'done');
  await expect
    .poll(async () => (await said()).slice(all.length))
    .toEqual(['Waiting for the answer.', 'Answer complete.']);
});
