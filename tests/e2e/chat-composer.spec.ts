// The message box: drafts, prompts, keys, instructions.
import { add, lastSent, openChat } from './harness/composer.ts';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { button, expectState, lastReply, messageBox, send } from './harness/ui.ts';

test('a draft outlives the view, the worker and the browser’s other view; what is typed is not written over', async ({
  runnel,
}) => {
  const first = await openChat(runnel);
  await messageBox(first).fill('Half a thought');
  await first.close();
  await runnel.stopWorker();
  const second = await openChat(runnel);
  await expect(messageBox(second)).toHaveValue('Half a thought');
  const third = await openChat(runnel);
  await expect(messageBox(third)).toHaveValue('Half a thought');
  await messageBox(third).pressSequentially(', and more');
  await expect(messageBox(second)).toHaveValue('Half a thought, and more');
  await messageBox(second).fill('Mine');
  await messageBox(third).fill('Theirs');
  await expect(messageBox(third)).toHaveValue('Theirs');
  await expect(messageBox(second)).toHaveValue('Mine');
});

test('a slash offers prompts, by keyboard alone; a variable is asked for', async ({ runnel, provider }) => {
  const prompts = [
    { id: 'p1', name: 'Polite mail', text: 'Write a {{tone}} mail in {{language}} about {{topic}}.' },
  ];
  await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'de', more: { prompts } });
  // A panel would offer nothing about a page that is its own.
  const page = await runnel.openTab('chat.html');
  const box = messageBox(page);
  await box.pressSequentially('/');
  const list = page.getByRole('listbox', { name: 'Prompts' });
  await expect(list.getByRole('option')).toHaveCount(6);
  const active = () =>
    box.evaluate(
      (element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent,
    );
  expect(await active()).toContain('Polite mail');
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toContain('Summarise this page');
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(box).toHaveValue('/');
  await box.pressSequentially('pol');
  await expect(list.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Polite mail' });
  await expect(dialog.getByLabel('tone')).toBeFocused();
  await page.keyboard.type('warm');
  await page.keyboard.press('Tab');
  await page.keyboard.type('rain');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('Write a warm mail in German about rain.');
  await expect(box).toBeFocused();
  expect(chatRequests(provider)).toHaveLength(0);
});

test('keys: Ctrl+Enter sends where that is set, Shift+Enter never; arrows bring back questions', async ({
  runnel,
  provider,
}) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, more: { sendWith: 'ctrl-enter' } });
  provider.plan([{ rate: 0 }, { rate: 0 }]);
  const page = await openChat(runnel);
  const box = messageBox(page);
  await box.pressSequentially('one');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Enter');
  await box.pressSequentially('two');
  await expect(box).toHaveValue('one\n\ntwo');
  await page.keyboard.press('Control+Enter');
  await expectState(lastReply(page), 'done');
  await expect(box).toHaveValue('');
  await box.fill('second');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-role=user]')).toHaveCount(2);
  await expectState(lastReply(page), 'done');
  await box.press('ArrowUp');
  await expect(box).toHaveValue('second');
  await box.press('ArrowUp');
  await expect(box).toHaveValue('one\n\ntwo');
  await box.press('ArrowDown');
  await box.press('ArrowDown');
  await expect(box).toHaveValue('');
});

test('keys: a question that is edited is sent as a new one is, and the list of keys says how', async ({
  runnel,
  provider,
}) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, more: { sendWith: 'ctrl-enter' } });
  provider.plan([{ rate: 0 }, { rate: 0 }]);
  const page = await openChat(runnel);
  await messageBox(page).fill('one');
  await page.keyboard.press('Control+Enter');
  await expectState(lastReply(page), 'done');
  await page.getByRole('button', { name: 'Edit' }).click();
  const box = page.getByRole('textbox', { name: 'Edit message' });
  await expect(box).toBeFocused();
  await page.keyboard.press('Enter');
  await box.pressSequentially('two');
  await expect(box).toHaveValue('one\ntwo');
  await page.keyboard.press('Control+Enter');
  await expect(box).toHaveCount(0);
  await expect(page.locator('[data-role=user] .user-text')).toHaveText('one\ntwo');
  await expectState(lastReply(page), 'done');
  expect(chatRequests(provider)).toHaveLength(2);

  await page.keyboard.press('Control+/');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys.locator('dl > div', { hasText: /^Send/ })).toHaveText('SendCtrlEnter');
  await expect(keys.locator('dl > div', { hasText: /^New line/ })).toHaveText('New lineEnter');
});

test('instructions: the general ones from the settings, or the conversation’s own', async ({
  runnel,
  provider,
}) => {
  provider.plan([{ rate: 0 }, { rate: 0 }, { rate: 0 }]);
  const options = await runnel.openTab('options.html');
  await options.getByRole('textbox', { name: 'Instructions' }).fill('Answer in one line.');
  await options.getByRole('textbox', { name: 'Instructions' }).blur();
  await expect(options.getByText('Saved', { exact: true })).toBeVisible();
  const page = await openChat(runnel);
  await send(page, 'One');
  await expectState(lastReply(page), 'done');
  expect(lastSent(provider)[0]).toEqual({ role: 'system', content: 'Answer in one line.' });
  await add(page, 'Instructions…');
  await page.getByRole('textbox', { name: 'For this conversation' }).fill('Answer in rhyme.');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(button(page, 'Instructions of this conversation')).toBeVisible();
  await send(page, 'Two');
  await expectState(lastReply(page), 'done');
  expect(lastSent(provider)[0]).toEqual({ role: 'system', content: 'Answer in rhyme.' });
  // Another view, another question: the worker knows them.
  await page.close();
  const again = await openChat(runnel);
  await expect(button(again, 'Instructions of this conversation')).toBeVisible();
  await send(again, 'Three');
  await expectState(lastReply(again), 'done');
  expect(lastSent(provider)[0]).toEqual({ role: 'system', content: 'Answer in rhyme.' });
});

test('own prompts are added, put in order, changed and deleted in the options', async ({ runnel }) => {
  const options = await runnel.openTab('options.html');
  const names = () => options.locator('.prompts-editor li > span').allInnerTexts();
  for (const name of ['First', 'Second']) {
    await button(options, 'Add a prompt').click();
    await options.getByRole('textbox', { name: 'Name' }).fill(name);
    await options.getByRole('textbox', { name: 'Prompt' }).fill(`${name}: {{selection}}`);
    await button(options, 'Save prompt').click();
    await expect(options.getByText('Saved', { exact: true })).toBeVisible();
  }
  await button(options, 'Move Second up').click();
  await expect.poll(names).toEqual(['Second', 'First']);
  await button(options, 'Edit First').click();
  await options.getByRole('textbox', { name: 'Name' }).fill('Last');
  await button(options, 'Save prompt').click();
  await expect.poll(names).toEqual(['Second', 'Last']);
  await button(options, 'Delete Second').click();
  await expect.poll(names).toEqual(['Last']);
  const page = await openChat(runnel);
  await messageBox(page).pressSequentially('/las');
  await page.keyboard.press('Enter');
  await expect(messageBox(page)).toHaveValue('First: ');
});
