// The real thing: a window on a display, a real mouse, a real keyboard, the browser's own menus and dialogs.
import type { Page } from '@playwright/test';
import { startProvider } from '../provider/server.ts';
import { test as base, CANARY, chatRequests, expect, type Provider } from './harness/fixtures.ts';
import { LOOPBACK_PATTERN, launchRunnel, type Runnel } from './harness/launch.ts';
import { artifact } from './harness/places.ts';
import { ICON_COLOUR, openScreen, type Point, type Screen } from './harness/screen.ts';
import { expectState, lastReply, messageBox, messageText, squeezed } from './harness/ui.ts';
import { until } from './harness/until.ts';

const TOOLBAR = { x: 700, y: 30, width: 580, height: 70 };

interface Desk {
  screen: Screen;
  runnel: Runnel;
  provider: Provider;
}

const test = base.extend<{ grant: string[]; desk: Desk }>({
  grant: [[LOOPBACK_PATTERN], { option: true }],
  desk: async ({ grant }, use, info) => {
    const provider = await startProvider({ rate: 200 });
    const screen = await openScreen();
    try {
      const runnel = await launchRunnel({ display: screen.env, grant });
      try {
        if (grant.length > 0) await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
        await runnel.tab.goto(`${provider.origin}/demo`);
        await use({ screen, runnel, provider });
        if (info.status !== info.expectedStatus) screen.screenshot(artifact('gestures', `${info.title}.png`));
      } finally {
        await runnel.close();
      }
    } finally {
      screen.close();
      await provider.close();
    }
  },
});

/** Where text of the page is on the screen: the box of an element's contents. */
async function boxOnScreen(
  page: Page,
  css: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  return await page.evaluate((selector) => {
    const element = document.querySelector(selector);
    if (!element) throw new Error(`no ${selector}`);
    element.scrollIntoView({ block: 'center' });
    const range = document.createRange();
    range.selectNodeContents(element);
    const { x, y, width, height } = range.getBoundingClientRect();
    const left = window.screenX + (window.outerWidth - window.innerWidth) / 2;
    const top = window.screenY + (window.outerHeight - window.innerHeight);
    return { x: left + x, y: top + y, width, height };
  }, css);
}

/** Drags over an element's text and returns the middle of what is selected. */
async function dragSelect({ screen, runnel }: Desk, css: string): Promise<Point> {
  const box = await boxOnScreen(runnel.tab, css);
  const middle = { x: Math.round(box.x + box.width / 3), y: Math.round(box.y + box.height / 2) };
  await until('the drag selects', async () => {
    screen.act('mousemove', Math.round(box.x + 2), Math.round(box.y + 8), 'mousedown', 1);
    screen.act('mousemove', '--sync', middle.x, middle.y);
    screen.act('mousemove', '--sync', Math.round(box.x + box.width - 2), Math.round(box.y + box.height - 8));
    screen.act('mouseup', 1);
    return await runnel.tab.evaluate(() => String(getSelection()).length > 40);
  });
  return middle;
}

/** Opens the page's menu at a point and clicks our item, which carries our icon. */
async function chooseFromMenu({ screen }: Desk, at: Point): Promise<void> {
  screen.act('mousemove', at.x, at.y, 'click', 3);
  const item = await until('our item in the menu', () => {
    const box = { x: at.x - 420, y: 110, width: 840, height: screen.height - 110 };
    return screen.findColour(ICON_COLOUR, box);
  });
  screen.act('mousemove', '--sync', item.x + 60, item.y);
  screen.act('click', 1);
}

async function translated({ runnel }: Desk, css: string): Promise<string> {
  const block = runnel.tab.locator(css);
  await expect(block).toHaveAttribute('data-runnel', 'done', { timeout: 15_000 });
  await expect(block).toHaveAttribute('lang', 'es');
  return (await block.allInnerTexts()).join('');
}

test('a click on the toolbar button opens the popup, typing sends, the answer streams', async ({ desk }) => {
  const { screen, runnel, provider } = desk;
  provider.plan({ text: 'Typed with real keys.', rate: 40 });
  const icon = await until('the toolbar button', () => screen.findColour(ICON_COLOUR, TOOLBAR));
  screen.act('mousemove', icon.x, icon.y, 'click', 1);
  const popup = await runnel.attachPopup();
  await until('the popup has the focus', () => popup.page.evaluate(() => document.hasFocus()));
  await expect(messageBox(popup.page)).toBeFocused();
  screen.act('type', '--delay', 15, 'hello there');
  await expect(messageBox(popup.page)).toHaveValue('hello there');
  screen.act('key', 'Return');
  await expectState(lastReply(popup.page), 'done');
  expect(squeezed(await messageText(lastReply(popup.page)))).toBe(squeezed('Typed with real keys.'));
  expect(chatRequests(provider)).toHaveLength(1);
  screen.screenshot(artifact('gestures', 'popup.png'));
  screen.act('key', 'Escape');
  await until('Escape closes the popup', async () => !(await popup.isOpen()));
});

test('a selection by the mouse is translated by the browser’s own menu', async ({ desk }) => {
  const before = (await desk.runnel.tab.locator('#p2').allInnerTexts()).join('');
  await chooseFromMenu(desk, await dragSelect(desk, '#p2'));
  expect(await translated(desk, '#p2')).not.toBe(before);
  desk.screen.screenshot(artifact('gestures', 'translated.png'));
  expect(chatRequests(desk.provider)).toHaveLength(1);
});

test('a selection is translated by its shortcut, and Escape is left to the page afterwards', async ({
  desk,
}) => {
  await dragSelect(desk, '#p3');
  desk.screen.act('key', 'alt+shift+y');
  await translated(desk, '#p3');
  expect(chatRequests(desk.provider)).toHaveLength(1);
});

test('the popup opens by its shortcut', async ({ desk }) => {
  desk.screen.act('mousemove', 640, 500, 'click', 1);
  desk.screen.act('key', 'alt+shift+k');
  const popup = await desk.runnel.attachPopup();
  await expect(messageBox(popup.page)).toBeVisible();
});

test('the side panel opens by its shortcut and shows a stream', async ({ desk }) => {
  desk.screen.act('mousemove', 640, 500, 'click', 1);
  desk.screen.act('key', 'alt+shift+s');
  const panel = await desk.runnel.attachPanel();
  await messageBox(panel.page).click();
  desk.screen.act('type', '--delay', 15, 'hello');
  await messageBox(panel.page).press('Enter');
  await expectState(lastReply(panel.page), 'done');
  desk.screen.screenshot(artifact('gestures', 'panel.png'));
});

test('a shortcut in a page lets an open panel know it', async ({ desk }) => {
  const { screen, runnel, provider } = desk;
  screen.act('mousemove', 640, 500, 'click', 1);
  screen.act('key', 'alt+shift+s');
  const { page: panel } = await runnel.attachPanel();
  const chip = panel.getByRole('group', { name: 'The page this chat speaks about' });
  await expect(chip).toContainText('127.0.0.1');
  // Nobody has allowed this site.
  await runnel.tab.goto(`${provider.origin.replace('127.0.0.1', 'localhost')}/demo`);
  await expect(chip).toContainText('Page not known yet');
  screen.act('mousemove', 400, 500, 'click', 1);
  screen.act('key', 'alt+shift+o');
  await expect(chip).toContainText('localhost');
});

test('the side panel opens by the menu of a page', async ({ desk }) => {
  await desk.runnel.tab.evaluate(() => getSelection()?.removeAllRanges());
  const box = await boxOnScreen(desk.runnel.tab, '#p5');
  await chooseFromMenu(desk, {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height + 12),
  });
  // The browser puts an item into a submenu of ours where another of ours is hidden.
  await until(
    'the panel opens',
    async () => {
      if (await desk.runnel.isOpen('sidepanel.html')) return true;
      desk.screen.act('key', 'Right');
      desk.screen.act('key', 'Return');
      return false;
    },
    { everyMs: 500 },
  );
  const panel = await desk.runnel.attachPanel();
  await expect(messageBox(panel.page)).toBeVisible();
});

test.describe('without a permission', () => {
  test.use({ grant: [] });

  test('Save brings the browser’s own dialog once, and after it a message works', async ({ desk }) => {
    const { screen, runnel, provider } = desk;
    const options = await runnel.openTab('options.html');
    await options.getByRole('textbox', { name: 'Base URL' }).fill(provider.url);
    await options.getByLabel('API key').fill(CANARY);
    await options.getByRole('combobox', { name: 'Model' }).fill('scripted-small');
    await options.keyboard.press('Escape');
    const save = await options.getByRole('button', { name: 'Save', exact: true }).boundingBox();
    expect(save).not.toBeNull();
    await options.getByRole('button', { name: 'Save', exact: true }).click();
    const granted = () => options.evaluate((pattern) => permissions(pattern), LOOPBACK_PATTERN);
    await options.evaluate(() => {
      Object.assign(window, {
        permissions: (pattern: string) =>
          (
            globalThis as unknown as { chrome: typeof import('webextension-polyfill') }
          ).chrome.permissions.contains({ origins: [pattern] }),
      });
    });
    // The dialog's default is to deny; Tab goes to Allow. It takes no key before it is on the screen.
    await until(
      'the dialog is answered',
      async () => {
        if (await granted()) return true;
        screen.screenshot(artifact('gestures', 'permission.png'));
        screen.act('key', 'Tab');
        screen.act('key', 'Return');
        return await granted();
      },
      { everyMs: 700, limitMs: 10_000 },
    );
    await expect(options.getByRole('status').filter({ hasText: /\S/ }).first()).toBeVisible();
    await options.getByRole('button', { name: 'Save', exact: true }).click();
    await options.close();
    const popup = await runnel.openPopup();
    await messageBox(popup.page).fill('hello');
    await messageBox(popup.page).press('Enter');
    await expectState(lastReply(popup.page), 'done');
  });
});

// Put into the page by the test above.
declare function permissions(pattern: string): Promise<boolean>;
