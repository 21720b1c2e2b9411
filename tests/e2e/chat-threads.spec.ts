// Threads that are taken up again: a model that is not there, a draft of what is deleted, a message on another branch.
import type { Page } from '@playwright/test';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { alertCard, button, expectState, lastReply, messageBox, replies, send } from './harness/ui.ts';

const model404 = {
  error: { message: 'The model does not exist', type: 'invalid_request_error', code: 'model_not_found' },
};

test('“Choose model” at a model that is not there opens the list, and Retry asks the chosen one', async ({
  runnel,
  provider,
}) => {
  const page = await runnel.openTab('popup.html');
  const release = provider.planFor(({ path }) => path.endsWith('/chat/completions'), {
    status: 404,
    body: model404,
  });
  await send(page, 'Are you there?');
  await expect(alertCard(page)).toHaveAttribute('data-code', 'model-not-found');
  release();
  await alertCard(page).getByRole('button', { name: 'Choose model' }).click();
  const list = page.getByRole('dialog');
  await expect(list.getByRole('combobox', { name: 'Search models' })).toBeFocused();
  await list.getByRole('option', { name: /^scripted-large/ }).click();
  await expect(list).toHaveCount(0);
  expect(runnel.context.pages().some((one) => one.url().includes('options.html'))).toBe(false);
  provider.plan({ text: 'Here now.', rate: 0 });
  await alertCard(page).getByRole('button', { name: 'Retry' }).click();
  await expectState(lastReply(page), 'done');
  expect(chatRequests(provider).at(-1)?.body).toMatchObject({ model: 'scripted-large' });
});

test('what was found on another branch is shown there', async ({ runnel, provider }) => {
  const page = await runnel.openTab('popup.html');
  provider.plan([
    { text: 'The heron stands in the water.', rate: 0 },
    { text: `${'Filler words. '.repeat(300)}`, rate: 0 },
    { text: 'A swan swims.', rate: 0 },
    { text: 'Yeast makes it rise.', rate: 0 },
  ]);
  for (const text of ['Which bird is that?', 'Tell more']) {
    await send(page, text);
    await expectState(lastReply(page), 'done');
  }
  // The first question in other words: heron and all that followed is on another branch from now on.
  const first = page.locator('[data-role=user]').first();
  await first.hover();
  await first.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).fill('Which white bird is that?');
  await button(page, 'Save & send').click();
  await expect(lastReply(page)).toContainText('A swan swims.');
  await expectState(lastReply(page), 'done');
  await expect(replies(page)).toHaveCount(1);
  const heron = replies(page).filter({ hasText: 'The heron stands' });
  for (const isElsewhere of [false, true]) {
    if (isElsewhere) {
      await button(page, 'Next version').click();
      await expect(lastReply(page)).toContainText('A swan swims.');
      await button(page, 'New chat').click();
      await send(page, 'How is bread baked?');
      await expect(lastReply(page)).toContainText('Yeast');
      await expectState(lastReply(page), 'done');
    }
    await expect(heron).toHaveCount(0);
    await find(page, 'heron');
    await expect(heron).toBeInViewport();
    await expect(replies(page)).toHaveCount(2);
  }
});

/** Looks for words in the list of conversations and opens the one hit. */
async function find(page: Page, words: string): Promise<void> {
  const nav = page.getByRole('navigation', { name: 'Conversations' });
  const search = page.getByRole('searchbox', { name: 'Search conversations' });
  if (!(await search.isVisible())) await button(page, 'Conversations').click();
  await search.fill(words);
  await expect(nav.locator('mark').first()).toHaveText(words);
  await nav.getByRole('listitem').getByRole('button').first().click();
}

test('the draft of a conversation that is deleted is forgotten when nobody can have it back', async ({
  runnel,
  provider,
}) => {
  const page = await runnel.openTab('popup.html');
  provider.plan([{ text: 'One.', rate: 0 }]);
  await send(page, 'A stored question');
  await expectState(lastReply(page), 'done');
  await messageBox(page).fill('An unsent secret');
  const drafts = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  await expect.poll(drafts).toContain('An unsent secret');
  await button(page, 'Conversations').click();
  const remove = page.getByRole('listitem').filter({ hasText: 'A stored question' });
  await remove.getByRole('button', { name: 'Delete' }).click();
  await expect(messageBox(page)).toHaveValue('');
  await button(page, 'Undo').click();
  await page.getByRole('listitem').getByRole('button', { name: 'A stored question' }).click();
  await expect(messageBox(page)).toHaveValue('An unsent secret');
  if (await remove.isHidden()) await button(page, 'Conversations').click();
  await remove.getByRole('button', { name: 'Delete' }).click();
  await expect(messageBox(page)).toHaveValue('');
  expect(await drafts()).toContain('An unsent secret');
  await expect.poll(drafts, { timeout: 25_000 }).not.toContain('An unsent secret');
});

test('an answer of the fall-back model is gone on with by that model', async ({ runnel, provider }) => {
  const fallback = { baseUrl: provider.url, model: 'scripted-large' };
  await runnel.configure({
    baseUrl: provider.url,
    key: CANARY,
    more: { fallback },
  });
  provider.plan([
    { status: 500 },
    { text: 'Half of it, and then', rate: 100, eofAfter: 3 },
    { text: ' the other half.', rate: 0 },
  ]);
  const page = await runnel.openTab('popup.html');
  await send(page, 'Go');
  await expectState(lastReply(page), 'partial');
  await alertCard(page).getByRole('button', { name: 'Continue' }).click();
  await expectState(lastReply(page), 'done');
  const asked = chatRequests(provider).map(({ body }) => (body as { model: string }).model);
  expect(asked).toEqual(['scripted-small', 'scripted-large', 'scripted-large']);
});
