// Pictures of the message box and what opens above it. The test is that they could be taken, and that nothing scrolls sideways or breaks axe's rules.
import { add, give, openChat, parts } from './harness/composer.ts';
import { CANARY, expect, test } from './harness/fixtures.ts';
import { NARROW, POPUP, picture, WIDE } from './harness/picture.ts';
import { artifact } from './harness/places.ts';
import { button, expectState, lastReply, messageBox, send } from './harness/ui.ts';

const sizes = [POPUP, NARROW];
const axe = ['light', 'dark'] as const;

// Pictures and axe take their time on a busy machine.
test.setTimeout(90_000);

test('the box with all that goes along', async ({ runnel, provider }) => {
  const prompts = [{ id: 'p', name: 'Polite mail', text: 'Write a {{tone}} mail about {{topic}}.' }];
  await runnel.configure({ baseUrl: provider.url, key: CANARY, model: 'model-with-eyes', more: { prompts } });
  const popup = await runnel.openPopup();
  await add(popup.page, 'This page');
  await expect(parts(popup.page).getByRole('button', { name: /^View / })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await popup.page.emulateMedia({ colorScheme });
    await popup.page.screenshot({ path: artifact('looks', `composer-popup-${colorScheme}.png`) });
  }
  await popup.close();
  const page = await openChat(runnel);
  provider.plan({ rate: 0, text: 'They are **striped**, and they are long.' });
  const long = 'The river finds its way. '.repeat(900);
  await give(page, 'drop', [
    { name: 'photo.jpg', type: 'image/jpeg', pixels: [800, 600] },
    { name: 'tall.png', type: 'image/png', pixels: [200, 900] },
    { name: 'a-file-with-a-rather-long-name-indeed.md', type: 'text/markdown', text: long },
    { name: 'b.csv', type: 'text/csv', text: 'a,b' },
  ]);
  // The page that was added in the popup is there as well.
  await expect(parts(page).getByRole('listitem')).toHaveCount(5);
  await picture(page, 'composer-parts', { sizes: [POPUP, NARROW, WIDE], axe });
  await button(page, 'Add to the message').click();
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await picture(page, 'composer-menu', { sizes, axe });
  await page.keyboard.press('Escape');
  await button(page, 'View a-file-with-a-rather-long-name-indeed.md, ~5,630 tokens').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'composer-view', { sizes, axe });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await send(page, 'What do these have in common?');
  await expectState(lastReply(page), 'done');
  await picture(page, 'composer-sent', { sizes, axe });
});

test('prompts, instructions, tabs', async ({ runnel, provider }) => {
  const prompts = [{ id: 'p', name: 'Polite mail', text: 'Write a {{tone}} mail about {{topic}}.' }];
  await runnel.configure({ baseUrl: provider.url, key: CANARY, more: { prompts } });
  const page = await openChat(runnel);
  await messageBox(page).pressSequentially('/');
  await expect(page.getByRole('option').first()).toBeVisible();
  await picture(page, 'composer-prompts', { sizes, axe });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'composer-variables', { sizes, axe });
  await page.keyboard.press('Escape');
  await add(page, 'Instructions…');
  await page.getByRole('textbox', { name: 'For this conversation' }).fill('Answer in rhyme.');
  await picture(page, 'composer-instructions', { sizes, axe });
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await add(page, 'Another tab…');
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(1);
  await picture(page, 'composer-tabs', { sizes, axe });
});

test('options: chat', async ({ runnel, provider }) => {
  const prompts = [
    { id: 'p', name: 'Polite mail', text: 'Write a {{tone}} mail about {{topic}}.' },
    { id: 'q', name: 'A prompt with a very long name that has to go somewhere', text: 'x' },
  ];
  await runnel.configure({ baseUrl: provider.url, key: CANARY, more: { prompts } });
  const page = await runnel.openTab('options.html');
  await button(page, 'Edit Polite mail').click();
  await page.getByText('Built-in prompts').click();
  await page.getByRole('combobox', { name: 'Send with' }).scrollIntoViewIfNeeded();
  await picture(page, 'options-chat', {
    sizes: [
      { width: 360, height: 1700 },
      { width: 900, height: 1700 },
    ],
    axe,
  });
});
