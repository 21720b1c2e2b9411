// Pictures of messages in every state that a person can bring them into, and no violation that axe finds in any of them.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { NARROW, POPUP, picture, WIDE } from './harness/picture.ts';
import { button, expectState, lastReply, replies, send } from './harness/ui.ts';

const sizes = [NARROW, POPUP, WIDE];

const look = (page: Page, name: string, some = sizes) =>
  picture(page, name, { sizes: some, axe: ['light', 'dark'] });

test('editing, versions, menu, details, deleting', async ({ runnel, provider }) => {
  test.slow();
  const page = await runnel.openTab('sidepanel.html');
  provider.plan(
    [
      'A stream is a small river. It **flows** downhill.',
      'In other words: water on its way.',
      'A third try.',
    ].map((text) => ({ text, rate: 0 })),
  );
  await send(page, 'What is a stream, and how does it begin?');
  await expectState(lastReply(page), 'done');
  await lastReply(page).hover();
  await button(page, 'Edit').click();
  await page
    .getByRole('textbox', { name: 'Edit message' })
    .fill('What is a stream?\nSay it in two sentences.');
  await look(page, 'messages-edit');
  await button(page, 'Save & send').click();
  await expectState(lastReply(page), 'done');
  await expect(page.getByText('2 of 2', { exact: true })).toBeVisible();
  await send(page, 'And then?');
  await expect(replies(page)).toHaveCount(2);
  await expectState(lastReply(page), 'done');
  await look(page, 'messages-versions');
  await lastReply(page).getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await look(page, 'messages-menu');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(button(page, 'Undo')).toBeFocused();
  await look(page, 'messages-deleted');
  await button(page, 'Undo').click();
  await lastReply(page).getByRole('button', { name: 'Details' }).click();
  await expect(lastReply(page).locator('dl.details')).toContainText('Duration');
  await look(page, 'messages-details');
  // Turned around, as where people read from right to left.
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  await replies(page).first().getByRole('button', { name: 'More' }).click();
  await look(page, 'messages-rtl', sizes.slice(0, 2));
});

test('thoughts, tool calls, shortcuts', async ({ runnel, provider }) => {
  test.slow();
  const page = await runnel.openTab('sidepanel.html');
  provider.plan({
    reasoning: 'Let me see. '.repeat(20),
    text: 'I look that up.',
    rate: 40,
    toolCalls: [
      {
        name: 'find_weather',
        arguments: { city: 'Berlin', days: 3, units: 'metric', with: ['wind', 'rain'] },
      },
      { name: 'now', arguments: {} },
    ],
  });
  await send(page, 'What is the weather like?');
  await expectState(lastReply(page), 'done');
  await page.locator('[data-role=tool] summary').click();
  await expect(page.locator('[data-role=tool] pre')).toBeVisible();
  await look(page, 'messages-tools');
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Open the chat');
  await look(page, 'messages-shortcuts');
});
