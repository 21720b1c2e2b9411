// What the popup shows before its modules are read: how it looked when it was last whole. Its modules are held back here, so that the still
// is all there is for as long as the test looks at it.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import type { Runnel } from './harness/launch.ts';
import { artifact } from './harness/places.ts';
import { button, expectState, lastReply, messageBox, replies, send } from './harness/ui.ts';

const stills = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .filter((name) => name.startsWith('still:'))
      .map((name) => localStorage.getItem(name) ?? ''),
  );

const expectStill = (page: Page, text: string) =>
  expect.poll(async () => (await stills(page)).join('')).toContain(text);

/** Opens the popup with its modules (those `held`) held back; the function that is returned lets them go. */
async function openHeld(
  runnel: Runnel,
  held = /chunks\/.*\.js$/,
): Promise<{ page: Page; release: () => void }> {
  const page = await runnel.context.newPage();
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(held, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(runnel.url('popup.html'), { waitUntil: 'commit' });
  return { page, release };
}

test('the last answer is on screen before the modules are, and what is typed meanwhile is kept and sent', async ({
  runnel,
  provider,
}) => {
  provider.plan([
    { text: '## Rivers\n\nThey **flow**, see `delta()`.', rate: 0 },
    { text: 'Seen.', rate: 0 },
  ]);
  const first = await runnel.openTab('popup.html');
  await send(first, 'What do rivers do?');
  await expectState(lastReply(first), 'done');
  await expectStill(first, 'delta()');
  const before = await first.locator('[data-role=assistant] .prose').textContent();
  await first.close();

  const { page, release } = await openHeld(runnel);
  await expect(page.getByRole('heading', { name: 'Rivers', exact: true })).toBeVisible();
  await expect(messageBox(page)).toBeFocused();
  expect(before).toBe(await page.locator('[data-role=assistant] .prose').textContent());
  await page.keyboard.type('And the sea');
  await page.keyboard.press('Enter');
  // Nothing else can be done with it.
  await expect(page.locator('[inert]')).toHaveCount(3);
  await page.screenshot({ path: artifact('looks', 'still-before.png') });
  release();
  await expect(replies(page)).toHaveCount(2);
  await expectState(lastReply(page), 'done');
  await expect(page.locator('[data-role=user]').last()).toContainText('And the sea');
  await expect(messageBox(page)).toHaveValue('');
  await page.screenshot({ path: artifact('looks', 'still-after.png') });
  expect(await page.locator('[inert]').count()).toBe(0);
});

test('a view whose answers are not drawn yet is not kept', async ({ runnel, provider }) => {
  provider.plan([{ text: 'Rivers flow.', rate: 0 }]);
  const first = await runnel.openTab('popup.html');
  await send(first, 'What do rivers do?');
  await expectStill(first, 'Rivers flow.');
  await first.close();
  const other = await runnel.openTab('options.html');
  await other.evaluate(() => localStorage.clear());
  await other.close();

  const { page, release } = await openHeld(runnel, /chunks\/drawing-/);
  await expect(messageBox(page)).toBeFocused();
  await expect(page.getByRole('banner').getByText('What do rivers do?')).toBeVisible();
  // Later than whatever was to be done when idle.
  for (let turn = 0; turn < 3; turn++)
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(await stills(page)).toEqual([]);
  release();
  await expectStill(page, 'Rivers flow.');
});

test('what is typed into a still comes behind the draft, taken over or closed at once', async ({
  runnel,
  provider,
}) => {
  provider.plan({ text: 'Rivers flow.', rate: 0 });
  const first = await runnel.openTab('popup.html');
  await send(first, 'What do rivers do?');
  await expectStill(first, 'Rivers flow.');
  await messageBox(first).fill('Half a thought');
  await first.close();

  const closed = await openHeld(runnel);
  await expect(messageBox(closed.page)).toBeFocused();
  await closed.page.keyboard.type('and more');
  await closed.page.goto('about:blank');
  await closed.page.close();

  const { page, release } = await openHeld(runnel);
  await expect(messageBox(page)).toBeFocused();
  await page.keyboard.type('and the rest');
  release();
  await expect(messageBox(page)).toHaveValue('Half a thought\nand more\nand the rest');
  expect(await page.locator('[inert]').count()).toBe(0);
});

test('a press that something gives to the still is done by the view', async ({ runnel, provider }) => {
  provider.plan([
    { text: 'One.', rate: 0 },
    { text: 'Two.', rate: 0 },
  ]);
  const first = await runnel.openTab('popup.html');
  await send(first, 'First');
  await expectState(lastReply(first), 'done');
  await expectStill(first, 'One.');
  await first.close();
  const { page, release } = await openHeld(runnel);
  await expect(messageBox(page)).toBeFocused();
  await page.evaluate(() => {
    const box = document.querySelector('textarea');
    if (box) box.value = 'Second';
    box?.dispatchEvent(new InputEvent('input', { bubbles: true }));
    document.querySelector<HTMLElement>('[aria-label=Send]')?.click();
  });
  release();
  await expect(page.locator('[data-role=user]').last()).toContainText('Second');
  await expect(replies(page)).toHaveCount(2);
  await expectState(lastReply(page), 'done');
});

test('what is deleted, temporary or on its way leaves no still', async ({ runnel, provider }) => {
  provider.plan([
    { text: 'A word of mine.', rate: 0 },
    { text: 'A second word.', rate: 0 },
    { text: 'Slowly, slowly, slowly.', rate: 5 },
  ]);
  const page = await runnel.openTab('popup.html');
  await send(page, 'First');
  await expectState(lastReply(page), 'done');
  await expectStill(page, 'A word of mine.');

  await lastReply(page).hover();
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.poll(() => stills(page)).toEqual([]);
  await button(page, 'Undo').click();
  await expectStill(page, 'A word of mine.');

  // In another view, where it is not even on screen.
  const panel = await runnel.openTab('chat.html');
  await panel.setViewportSize({ width: 1000, height: 700 });
  await button(panel, 'New chat').click();
  await send(panel, 'Second');
  await expectState(lastReply(panel), 'done');
  await expectStill(panel, 'A second word.');
  expect((await stills(panel)).join('')).not.toContain('A word of mine.');

  await send(panel, 'Third');
  await expectState(lastReply(panel), 'streaming');
  expect(await stills(panel)).toEqual([]);
});
