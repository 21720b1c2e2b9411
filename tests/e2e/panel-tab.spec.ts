// The side panel says which tab it speaks about, and follows or stays.
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { add, lastSent, parts } from './harness/composer.ts';
import { CANARY, expect, type Provider, test } from './harness/fixtures.ts';
import { waitForBlocks } from './harness/gesture.ts';
import { launchRunnel, type Runnel } from './harness/launch.ts';
import { artifact } from './harness/places.ts';
import { button, expectState, lastReply, messageBox, selectBlocks, send } from './harness/ui.ts';

declare const chrome: { windows: { create(how: { url: string }): Promise<unknown> } };

const chip = (page: Page): Locator => page.getByRole('group', { name: 'The page this chat speaks about' });

/** A site that nobody has allowed: what is granted in these tests is 127.0.0.1. */
const closedSite = (provider: Provider) => provider.origin.replace('127.0.0.1', 'localhost');

async function openTabAt(runnel: Runnel, address: string): Promise<Page> {
  const page = await runnel.context.newPage();
  await page.goto(address);
  return page;
}

test('it follows the tab in front, and stays with one as the user likes', async ({ runnel, provider }) => {
  const { page: panel } = await runnel.openPanel();
  await expect(chip(panel)).toContainText('127.0.0.1');
  const title = await runnel.tab.title();
  await expect(chip(panel)).toContainText(title);
  const prose = await openTabAt(runnel, `${provider.origin}/page/prose?n=2`);
  const other = await prose.title();
  expect(other).not.toBe(title);
  await expect(chip(panel)).toContainText(other);
  await button(panel, 'Stay').click();
  await expect(button(panel, 'Follow')).toBeFocused();
  await runnel.tab.bringToFront();
  await expect(chip(panel)).toContainText('You are looking at another tab.');
  await expect(chip(panel)).toContainText(other);
  // "This page" is the one that is named.
  await add(panel, 'This page');
  await expect(parts(panel)).toContainText(other);
  await panel.getByRole('button', { name: /^Remove / }).click();
  // The choice is there again when the panel is.
  await panel.reload();
  await expect(chip(panel)).toContainText('You are looking at another tab.');
  await button(panel, 'Go to this tab').click();
  await expect(chip(panel)).not.toContainText('You are looking at another tab.');
  await expect.poll(() => prose.evaluate(() => document.visibilityState)).toBe('visible');
  await runnel.tab.bringToFront();
  await button(panel, 'Follow').click();
  await expect(chip(panel)).toContainText(title);
  await expect(button(panel, 'Stay')).toBeFocused();
  // A page that goes elsewhere is told, too.
  await runnel.tab.goto(`${provider.origin}/page/rows`);
  await expect(chip(panel)).toContainText('Rows');
});

test('it follows again when the tab it stayed with is closed', async ({ runnel, provider }) => {
  const { page: panel } = await runnel.openPanel();
  const title = await runnel.tab.title();
  const prose = await openTabAt(runnel, `${provider.origin}/page/prose?n=2`);
  await expect(chip(panel)).not.toContainText(title);
  await button(panel, 'Stay').click();
  await expect(button(panel, 'Follow')).toBeVisible();
  await runnel.tab.bringToFront();
  await prose.close();
  await expect(chip(panel)).toContainText('That tab was closed. Runnel follows the tab in front again.');
  await expect(chip(panel)).toContainText(title);
  await panel.reload();
  await expect(button(panel, 'Stay')).toBeVisible();
  await expect(chip(panel)).toContainText(title);
});

test('what is selected in the tab it stays with is asked about, and translated there', async ({
  runnel,
  provider,
}) => {
  provider.plan({ rate: 0 });
  await selectBlocks(runnel.tab, '#p2');
  const { page: panel } = await runnel.openPanel();
  const first = ((await runnel.tab.locator('#p2').textContent()) ?? '').trim().slice(0, 40);
  await button(panel, 'Stay').click();
  await openTabAt(runnel, `${provider.origin}/page/prose?n=2`);
  await expect(chip(panel)).toContainText('You are looking at another tab.');
  await button(panel, 'Ask about selection').click();
  await send(panel, 'What is meant?');
  await expectState(lastReply(panel), 'done');
  expect(JSON.stringify(lastSent(provider))).toContain(first);
  await panel.evaluate(() => dispatchEvent(new Event('focus')));
  await button(panel, 'Translate selection').click();
  await waitForBlocks(runnel, /^done$/);
  // Followed again, nothing of the other tab is offered.
  await button(panel, 'Follow').click();
  await expect(button(panel, 'Ask about selection')).toHaveCount(0);
});

test('a page that nobody let it into is not known until a gesture there', async ({ runnel, provider }) => {
  await runnel.tab.goto(`${closedSite(provider)}/demo`);
  const { page: panel } = await runnel.openPanel();
  // The toolbar button was pressed here.
  const title = await runnel.tab.title();
  await expect(chip(panel)).toContainText(title);
  await expect(chip(panel)).toContainText('localhost');
  const prose = await openTabAt(runnel, `${closedSite(provider)}/page/prose?n=2`);
  const other = await prose.title();
  await expect(chip(panel)).toContainText('Page not known yet');
  await expect(chip(panel)).not.toContainText(other);
  await button(panel, 'Add to the message').click();
  await expect(panel.getByRole('menuitem', { name: 'Another tab…' })).toBeVisible();
  await expect(panel.getByRole('menuitem', { name: 'This page' })).toHaveCount(0);
  await panel.keyboard.press('Escape');
  await expect(button(panel, 'Summarise this page')).toHaveCount(0);
  await messageBox(panel).fill('/');
  await expect(panel.getByRole('option', { name: /Explain/ })).toBeVisible();
  await expect(panel.getByRole('option', { name: /Summarise/ })).toHaveCount(0);
  await messageBox(panel).fill('');
  const popup = await runnel.openPopup(prose);
  // It says so as soon as it is alive.
  await expect(button(popup.page, 'New chat')).toBeVisible();
  await expect(popup.page.locator('[inert]')).toHaveCount(0);
  await popup.close();
  await expect(chip(panel)).toContainText(other);
  await expect(button(panel, 'Summarise this page')).toBeVisible();
  // The right ends where the tab goes to another site.
  await prose.goto(`${provider.origin.replace('127.0.0.1', '127.0.0.1.localhost')}/demo`).catch(() => {});
  await expect(chip(panel)).toContainText('Page not known yet');
});

test('what happens in another window is none of its business', async ({ runnel, provider }) => {
  const { page: panel } = await runnel.openPanel();
  const title = await runnel.tab.title();
  await expect(chip(panel)).toContainText(title);
  const worker = await runnel.worker();
  const opened = runnel.context.waitForEvent('page');
  await worker.evaluate((url) => chrome.windows.create({ url }), `${provider.origin}/page/prose?n=2`);
  const elsewhere = await opened;
  await elsewhere.waitForLoadState();
  await elsewhere.bringToFront();
  await panel.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(chip(panel)).toContainText(title);
  await expect(chip(panel)).not.toContainText(await elsewhere.title());
  // Reloaded while the other window is in front, it is still the panel of its own.
  await panel.reload();
  await expect(chip(panel)).toContainText(title);
  await add(panel, 'This page');
  await expect(parts(panel)).toContainText(title);
});

test('a page that cannot be read is said to be so', async ({ runnel, provider }) => {
  const { page: panel } = await runnel.openPanel();
  const pdf = await openTabAt(runnel, `${provider.origin}/doc.pdf`);
  await expect(chip(panel)).toContainText(/is a PDF|lets no extension read/);
  await expect(button(panel, 'Summarise this page')).toHaveCount(0);
  await pdf.close();
  await expect(button(panel, 'Summarise this page')).toBeVisible();
  await openTabAt(runnel, runnel.url('options.html'));
  await expect(chip(panel)).toContainText('The browser lets no extension read this page.');
});

for (const words of ['en', 'ar']) {
  test(`the chip in all looks, ${words}`, async ({ provider }) => {
    test.slow();
    const runnel = await launchRunnel(words === 'en' ? {} : { words });
    try {
      await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
      await runnel.tab.goto(`${provider.origin}/demo`);
      const popup = await runnel.openPopup();
      // The popup closes under the click.
      await popup.page
        .locator('button:has(.icon-panel)')
        .click()
        .catch(() => {});
      const { page: panel } = await runnel.attachPanel();
      await expect(panel.locator('.panel-tab-host')).toHaveText(/127/);
      await pictures(panel, `panel-tab-${words}-here`);
      await panel.locator('.panel-tab-button').click();
      await openTabAt(runnel, `${closedSite(provider)}/page/prose?n=2`);
      await expect(panel.locator('.panel-tab[data-elsewhere=true]')).toBeVisible();
      // Mirrored once: by its `scale`, and not again by something else.
      const arrow = panel.locator('.panel-tab .icon-go-on');
      await expect(arrow).toHaveCSS('scale', words === 'ar' ? '-1 1' : 'none');
      await expect(arrow).toHaveCSS('transform', 'none');
      await pictures(panel, `panel-tab-${words}-elsewhere`);
      await panel.locator('.panel-tab-button').first().click();
      await expect(panel.locator('.panel-tab[data-reach=unknown]')).toBeVisible();
      await pictures(panel, `panel-tab-${words}-unknown`);
    } finally {
      await runnel.close();
    }
  });
}

async function pictures(page: Page, name: string): Promise<void> {
  for (const width of [320, 420]) {
    await page.setViewportSize({ width, height: 640 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: artifact('looks', `${name}-${width}-${colorScheme}.png`) });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      const overflows = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(overflows, `${name} at ${width} px scrolls sideways`).toBe(false);
    }
  }
}
