// The history out of the browser and into it again, by the options page.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { seedHistory } from './harness/seed.ts';
import { button, expectState, lastReply, messageBox, send } from './harness/ui.ts';

async function exportAll(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await button(page, 'Export all').click();
  return readFileSync(await (await download).path(), 'utf8');
}

const choose = (page: Page, text: string) =>
  page
    .getByLabel('Import', { exact: true })
    .setInputFiles({ name: 'history.json', mimeType: 'application/json', buffer: Buffer.from(text) });

async function deleteAll(page: Page): Promise<void> {
  await button(page, 'Delete all conversations').click();
  await button(page, 'Delete all').click();
  await expect(page.getByText('All conversations were deleted.')).toBeVisible();
}

const withoutDate = (text: string) => ({ ...(JSON.parse(text) as object), exportedAt: '' });

test('export, delete, import: the same is there again, and views show it', async ({ runnel, provider }) => {
  const chat = await runnel.openTab('popup.html');
  await seedHistory(chat, { conversations: 30, turns: 3, words: 30 });
  provider.plan({ text: 'It begins small.' });
  await button(chat, 'New chat').click();
  await send(chat, 'How does a river begin?');
  await expectState(lastReply(chat), 'done');

  await messageBox(chat).fill('half a thought');
  const drafts = () => chat.evaluate(() => Object.values(localStorage).join(' '));
  await expect.poll(drafts).toContain('half a thought');
  const page = await runnel.openTab('options.html');
  const before = await exportAll(page);
  expect((JSON.parse(before) as { conversations: unknown[] }).conversations).toHaveLength(31);
  await button(page, 'Delete all conversations').click();
  await button(page, 'Cancel').click();
  await deleteAll(page);
  await expect(lastReply(chat)).toHaveCount(0);
  expect(await drafts()).not.toContain('half a thought');
  expect((JSON.parse(await exportAll(page)) as { conversations: unknown[] }).conversations).toEqual([]);

  await choose(page, before);
  await expect(page.getByText('New conversations: 31')).toBeVisible();
  await expect(page.getByText('Messages in them: 91')).toBeVisible();
  await button(page, 'Import them').click();
  await expect(page.getByText('31 conversations were imported.')).toBeVisible();
  expect(withoutDate(await exportAll(page))).toEqual(withoutDate(before));

  // A second time nothing is new, and nothing is overwritten.
  await choose(page, before);
  await expect(page.getByText('Stored already, and left as they are: 31')).toBeVisible();
  await expect(button(page, 'Import them')).toHaveCount(0);

  await button(chat, 'Conversations').click();
  await chat.getByRole('navigation').getByRole('button', { name: 'How does a river begin?' }).click();
  await expect(lastReply(chat)).toContainText('It begins small.');
});

test('files that are wrong are refused with words, and change nothing', async ({ runnel }) => {
  const page = await runnel.openTab('options.html');
  await seedHistory(page, { conversations: 2, turns: 1, words: 10 });
  const good = await exportAll(page);
  const file = JSON.parse(good) as { version: number; conversations: { id: string; turns: object[] }[] };
  const [first] = file.conversations;
  const turn = first?.turns[0];
  const fresh = {
    ...first,
    id: 'fresh',
    head: 'fresh-1',
    turns: [{ ...turn, id: 'fresh-1', conversationId: 'fresh' }],
  };
  const broken = {
    ...fresh,
    id: 'broken',
    head: null,
    turns: [{ ...turn, id: 'b1', conversationId: 'broken', reply: 7 }],
  };
  const files: [string, string][] = [
    ['{"format": "runnel-conv', 'not JSON'],
    ['[]', 'not a file of conversations'],
    [JSON.stringify({ ...file, version: 2 }), 'of version 2'],
    [
      JSON.stringify({ ...file, conversations: [fresh, broken] }),
      'Conversation 2: “turns.0.reply” is missing or not as it should be.',
    ],
    [JSON.stringify({ ...file, conversations: [fresh, fresh] }), 'in the file twice'],
    [JSON.stringify({ ...file, conversations: [{ ...fresh, head: 'gone' }] }), 'last message is missing'],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'not a file of conversations'],
  ];
  for (const [text, words] of files) {
    await choose(page, text);
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
    await expect(button(page, 'Import them')).toHaveCount(0);
    await button(page, 'Close').click();
  }
  expect(withoutDate(await exportAll(page))).toEqual(withoutDate(good));
});
