// A run ends with its document, and a page without a gesture gets nothing.
import { chromium, type Page } from '@playwright/test';
import { chatRequests, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem } from './harness/gesture.ts';
import { expectBrowser } from './harness/places.ts';
import { selectBlocks } from './harness/ui.ts';
import { until } from './harness/until.ts';

for (const { how, leave } of [
  { how: 'is closed', leave: (tab: Page) => tab.close() },
  { how: 'goes to another page', leave: (tab: Page) => tab.goto('about:blank') },
  { how: 'is reloaded', leave: (tab: Page) => tab.reload() },
]) {
  test(`the server sees the end within 1 s when the tab ${how}`, async ({ runnel, provider }) => {
    provider.planFor(({ path }) => path.endsWith('/chat/completions'), { rate: 4 });
    // The last tab takes the browser with it.
    await runnel.context.newPage();
    await runnel.tab.bringToFront();
    await selectBlocks(runnel.tab, '#p1', '#p2');
    await chooseMenuItem(runnel, 'translate-selection');
    await until('a block streams', () => runnel.tab.locator('[data-runnel=streaming]').count());
    const left = Date.now();
    await leave(runnel.tab);
    const open = () => chatRequests(provider).filter(({ closedAt }) => closedAt === null);
    await until('the server sees the close', () => open().length === 0);
    for (const { closedAt, aborted } of chatRequests(provider)) {
      expect(Number(closedAt) - left).toBeLessThan(1000);
      expect(aborted).toBe(true);
    }
  });
}

/** Everything a page can see of an extension. */
async function lookAround(page: Page): Promise<unknown> {
  return await page.evaluate(() => ({
    dom: document.documentElement.outerHTML,
    globals: Object.getOwnPropertyNames(globalThis).toSorted(),
    // The browser asks for the icon when it likes.
    resources: performance
      .getEntriesByType('resource')
      .map((entry) => new URL(entry.name).pathname)
      .filter((path) => path !== '/favicon.ico'),
    sheets: document.styleSheets.length,
    adopted: document.adoptedStyleSheets.length,
    storage: [Object.keys(localStorage), Object.keys(sessionStorage)],
  }));
}

test('a page gets nothing without a gesture', async ({ runnel, provider }) => {
  await selectBlocks(runnel.tab, '#p1', '#p2');
  const withExtension = await lookAround(runnel.tab);
  const plain = await chromium.launch({ executablePath: expectBrowser('CHROMIUM') });
  try {
    const page = await plain.newPage();
    await page.goto(`${provider.origin}/demo`);
    expect(withExtension).toEqual(await lookAround(page));
  } finally {
    await plain.close();
  }
  expect(chatRequests(provider)).toEqual([]);
});
