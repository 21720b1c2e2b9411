// The list of conversations: what a person finds, renames, pins, deletes, and has back.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { button, expectState, lastReply, messageBox, send } from './harness/ui.ts';

const nav = (page: Page) => page.getByRole('navigation', { name: 'Conversations' });
const entry = (page: Page, title: string) => nav(page).getByRole('listitem').filter({ hasText: title });
const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search conversations' });

async function say(page: Page, text: string): Promise<void> {
  await button(page, 'New chat').click();
  await send(page, text);
  await expectState(lastReply(page), 'done');
}

test('a list by title: open, rename, pin, delete and undo', async ({ runnel, provider }) => {
  const page = await runnel.openTab('popup.html');
  provider.plan([{ text: 'Water runs down.' }, { text: 'Bread needs time.' }]);
  await say(page, 'Hello, how does a **river** begin?');
  await say(page, 'How is bread baked?');
  await button(page, 'Conversations').click();
  await expect(searchBox(page)).toBeFocused();
  const titles = nav(page).locator('.entry-title');
  await expect(titles).toHaveText(['How is bread baked?', 'How does a river begin?']);
  await expect(nav(page).getByRole('heading')).toHaveText(['Today']);

  await entry(page, 'river').getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Rivers');
  await page.keyboard.press('Enter');
  await expect(titles).toHaveText(['How is bread baked?', 'Rivers']);
  await entry(page, 'Rivers').getByRole('button', { name: 'Pin' }).click();
  await expect(titles).toHaveText(['Rivers', 'How is bread baked?']);
  await expect(nav(page).getByRole('heading')).toHaveText(['Pinned', 'Today']);

  await entry(page, 'bread').getByRole('button', { name: 'Delete' }).click();
  await expect(titles).toHaveText(['Rivers']);
  await button(page, 'Undo').click();
  await expect(titles).toHaveText(['Rivers', 'How is bread baked?']);

  await nav(page).getByRole('button', { name: 'Rivers', exact: true }).click();
  await expect(nav(page)).toHaveCount(0);
  await expect(messageBox(page)).toBeFocused();
  await expect(lastReply(page)).toContainText('Water runs down.');
});

test('by keyboard alone', async ({ runnel, provider }) => {
  const page = await runnel.openTab('popup.html');
  provider.plan([{ text: 'One.' }, { text: 'Two.' }]);
  await say(page, 'The first question');
  await say(page, 'The second question');
  await button(page, 'Conversations').focus();
  await page.keyboard.press('Enter');
  await expect(searchBox(page)).toBeFocused();
  await expect(nav(page).getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await expect(nav(page).getByRole('button', { name: 'The second question' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await page.keyboard.type('Renamed');
  await page.keyboard.press('Enter');
  await expect(nav(page).getByRole('button', { name: 'Renamed', exact: true })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(nav(page).getByRole('button', { name: 'The second question' })).toBeFocused();
  await expect(button(page, 'Undo')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Conversations')).toBeFocused();
});

test('search finds what was said and leads to it', async ({ runnel, provider }) => {
  const page = await runnel.openTab('sidepanel.html');
  provider.plan([
    { text: 'The Amazon is long.' },
    { text: 'Its delta is called **estuário** there.' },
    { text: `${'Filler words. '.repeat(400)}` },
    { text: 'Yeast makes it rise.' },
  ]);
  await say(page, 'Which river is longest?');
  for (const text of ['And its mouth?', 'Tell more']) {
    await send(page, text);
    await expectState(lastReply(page), 'done');
  }
  await say(page, 'How is bread baked?');
  await button(page, 'Conversations').click();
  await searchBox(page).fill('estuario');
  const hit = nav(page).getByRole('button', { name: 'Which river is longest?' });
  await expect(hit).toContainText('Its delta is called');
  await expect(hit.locator('mark')).toHaveText(['estuário']);
  await expect(nav(page).getByRole('listitem')).toHaveCount(1);
  await hit.click();
  const said = page.locator('[data-role=assistant]').filter({ hasText: 'Its delta' });
  await expect(said).toBeInViewport();
  // Nearly right is found too, and what is deleted is not.
  await searchBox(page).fill('yeest');
  await expect(nav(page).getByRole('button', { name: 'How is bread baked?' })).toBeVisible();
  await searchBox(page).fill('');
  await entry(page, 'bread').getByRole('button', { name: 'Delete' }).click();
  await searchBox(page).fill('yeast');
  await expect(nav(page).getByText('Nothing was found.')).toBeVisible();
});

test('a temporary chat is nowhere afterwards', async ({ runnel, provider }) => {
  const page = await runnel.openTab('popup.html');
  provider.plan([{ text: 'One.' }, { text: 'Between us.' }, { text: 'Still here.' }]);
  await say(page, 'A stored question');
  await button(page, 'Conversations').click();
  await button(page, 'Temporary chat').click();
  await expect(page.getByText('Nothing of it is stored')).toBeVisible();
  await send(page, 'A secret question');
  await expectState(lastReply(page), 'done');
  await runnel.stopWorker(page);
  // Its worker has died, and it goes on all the same.
  await send(page, 'And more of it');
  await expectState(lastReply(page), 'done');
  const last = provider.journal.findLast(({ path }) => path.endsWith('/chat/completions'));
  expect(JSON.stringify(last?.body)).toContain('Between us.');
  await button(page, 'Conversations').click();
  await expect(nav(page).locator('.entry-title')).toHaveText(['A stored question']);
  await nav(page).getByRole('button', { name: 'A stored question' }).click();
  await expect(lastReply(page)).toContainText('One.');
  await expect(page.getByText('Nothing of it is stored')).toHaveCount(0);
  const stored = await page.evaluate(async () => {
    const found: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const request = indexedDB.open(name);
      await new Promise((resolve) => (request.onsuccess = resolve));
      const database = request.result;
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => (rows.onsuccess = resolve));
        found.push(rows.result);
      }
      database.close();
    }
    const session = await (
      globalThis as unknown as { chrome: { storage: { session: { get(): Promise<object> } } } }
    ).chrome.storage.session.get();
    return JSON.stringify([found, session]);
  });
  expect(stored).toContain('A stored question');
  expect(stored).not.toContain('secret');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('secret');
});

test('exported as a document and as data', async ({ runnel, provider }) => {
  const page = await runnel.openTab('popup.html');
  provider.plan({ text: 'It **begins** small.' });
  await say(page, 'How does a river begin?');
  await button(page, 'Conversations').click();
  const read = async (kind: string) => {
    await entry(page, 'river').getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: kind }).click();
    const file = await download;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  };
  const markdown = await read('As Markdown');
  expect(markdown.name).toBe('How does a river begin.md');
  expect(markdown.text).toContain('## Answer\n\nIt **begins** small.');
  const json = await read('As JSON');
  expect(JSON.parse(json.text)).toMatchObject({
    format: 'runnel-conversations',
    version: 1,
    conversations: [
      { title: 'How does a river begin?', turns: [{ reply: { text: 'It **begins** small.' } }] },
    ],
  });
});

test('what one view does the others show', async ({ runnel, provider }) => {
  const page = await runnel.openTab('popup.html');
  provider.plan({ text: 'One.' });
  await say(page, 'A question for two');
  const other = await runnel.openTab('sidepanel.html');
  await button(other, 'Conversations').click();
  await expect(other.locator('.bar-title')).toHaveText('A question for two');
  await button(page, 'Conversations').click();
  await entry(page, 'for two').getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Seen by both');
  await page.keyboard.press('Enter');
  await expect(nav(other).locator('.entry-title')).toHaveText(['Seen by both']);
  await expect(other.locator('.bar-title')).toHaveText('Seen by both');
  await entry(page, 'Seen').getByRole('button', { name: 'Delete' }).click();
  await expect(nav(other).getByRole('listitem')).toHaveCount(0);
  await expect(other.locator('.bar-title')).toHaveText('Runnel');
  await button(page, 'Undo').click();
  await expect(nav(other).locator('.entry-title')).toHaveText(['Seen by both']);
});
