// The list of conversations in every size and colour, for people to look at, and for axe.
import { statSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { artifact } from './harness/places.ts';
import { seedHistory } from './harness/seed.ts';
import { button } from './harness/ui.ts';

const POPUP = { width: 420, height: 600 };
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1100, height: 760 };

async function picture(page: Page, name: string, sizes = [POPUP]): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const file = artifact('looks', `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path: file });
      expect(statSync(file).size).toBeGreaterThan(1500);
      const overflows = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(overflows, `${name} at ${size.width} px scrolls sideways`).toBe(false);
      const axe = new AxeBuilder({ page });
      // The same document in other colours: only contrast can differ.
      if (colorScheme === 'dark') axe.withRules('color-contrast');
      if (size !== sizes[0]) continue;
      const { violations } = await axe.analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      expect(told, `${name} at ${size.width} px, ${colorScheme}`).toEqual([]);
    }
  }
}

test('the list, the search, a menu, the way back', async ({ runnel }) => {
  test.slow();
  const page = await runnel.openTab('sidepanel.html');
  await button(page, 'Conversations').click();
  await expect(page.getByText('Nothing is stored yet.')).toBeVisible();
  await picture(page, 'list-empty', [POPUP]);
  await seedHistory(page, { conversations: 80, turns: 2, words: 60 });
  await page.reload();
  await button(page, 'Conversations').click();
  const rows = page.getByRole('navigation').getByRole('listitem');
  await rows.nth(1).getByRole('button', { name: 'Pin' }).click();
  await expect(page.getByRole('heading', { name: 'Pinned' })).toBeVisible();
  await rows.nth(2).hover();
  await picture(page, 'list', [POPUP, NARROW, WIDE]);
  await rows.nth(3).getByRole('button', { name: 'Export' }).click();
  await picture(page, 'list-menu', [NARROW]);
  await page.keyboard.press('Escape');
  await rows.nth(3).getByRole('button', { name: 'Delete' }).click();
  await expect(button(page, 'Undo')).toBeVisible();
  await picture(page, 'list-undo', [NARROW]);
  await page.getByRole('searchbox', { name: 'Search conversations' }).fill('san ver');
  await expect(page.locator('.conversations mark').first()).toBeVisible();
  await picture(page, 'list-found', [POPUP, WIDE]);
  await button(page, 'Temporary chat').click();
  await expect(page.getByText('Nothing of it is stored')).toBeVisible();
  await picture(page, 'temporary', [POPUP, NARROW]);
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
  await picture(page, 'options-data', [NARROW, { width: 900, height: 800 }]);
  await button(page, 'Delete all conversations').click();
  await picture(page, 'options-delete-all', [NARROW]);
});
