// The list of conversations in every size and colour, for people to look at, and for axe.
import { expect, test } from './harness/fixtures.ts';
import { NARROW, POPUP, picture, type Size, WIDE } from './harness/picture.ts';
import { seedHistory } from './harness/seed.ts';
import { button } from './harness/ui.ts';

const BROAD: Size = { width: 1100, height: 760 };
const axe = ['light', 'dark'] as const;

test('the list, the search, a menu, the way back', async ({ runnel }) => {
  test.slow();
  const page = await runnel.openTab('sidepanel.html');
  await button(page, 'Conversations').click();
  await expect(page.getByText('Nothing is stored yet.')).toBeVisible();
  await picture(page, 'list-empty', { sizes: [POPUP], axe });
  await seedHistory(page, { conversations: 80, turns: 2, words: 60 });
  await page.reload();
  await button(page, 'Conversations').click();
  const rows = page.getByRole('navigation').getByRole('listitem');
  await rows.nth(1).getByRole('button', { name: 'Pin' }).click();
  await expect(page.getByRole('heading', { name: 'Pinned' })).toBeVisible();
  await rows.nth(2).hover();
  await picture(page, 'list', { sizes: [POPUP, NARROW, BROAD], axe });
  await rows.nth(3).getByRole('button', { name: 'Export' }).click();
  await picture(page, 'list-menu', { sizes: [NARROW], axe });
  await page.keyboard.press('Escape');
  await rows.nth(3).getByRole('button', { name: 'Delete' }).click();
  await expect(button(page, 'Undo')).toBeVisible();
  await picture(page, 'list-undo', { sizes: [NARROW], axe });
  await page.getByRole('searchbox', { name: 'Search conversations' }).fill('san ver');
  await expect(page.locator('.conversations mark').first()).toBeVisible();
  await picture(page, 'list-found', { sizes: [POPUP, BROAD], axe });
  await button(page, 'Temporary chat').click();
  await expect(page.getByText('Nothing of it is stored')).toBeVisible();
  await picture(page, 'temporary', { sizes: [POPUP, NARROW], axe });
});

test('the section about data', async ({ runnel }) => {
  const page = await runnel.openTab('options.html');
  await seedHistory(page, { conversations: 3, turns: 1, words: 10 });
  const wrong = JSON.stringify({ format: 'runnel-conversations', version: 1, conversations: [{}] });
  await page
    .getByLabel('Import', { exact: true })
    .setInputFiles({ name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from(wrong) });
  await expect(button(page, 'Close')).toBeVisible();
  await page.locator('.data').scrollIntoViewIfNeeded();
  await picture(page, 'options-data', { sizes: [NARROW, WIDE], axe });
  await button(page, 'Delete all conversations').click();
  await picture(page, 'options-delete-all', { sizes: [NARROW], axe });
});
