// The interface in other languages: its words, its direction, and how that looks.
import { CANARY, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import { sayIn } from './harness/in-words.ts';
import { launchRunnel } from './harness/launch.ts';
import { picture } from './harness/picture.ts';
import { artifact } from './harness/places.ts';
import { expectState, lastReply, selectBlocks } from './harness/ui.ts';

const sizes = [320, 420, 900].map((width) => ({ width, height: 900 }));

for (const { locale, dir } of [
  { locale: 'ar', dir: 'rtl' },
  { locale: 'de', dir: 'ltr' },
  { locale: 'ja', dir: 'ltr' },
]) {
  test(`the options and the control of a page in ${locale}`, async ({ provider }) => {
    const say = sayIn(locale);
    const runnel = await launchRunnel({ words: locale });
    try {
      const options = await runnel.openTab('options.html');
      await expect(options.locator('html')).toHaveAttribute('dir', dir);
      await expect(options.locator('html')).toHaveAttribute('lang', say('language'));
      await expect(options.getByRole('heading', { name: say('threeSteps') })).toBeVisible();
      await expect(options.getByRole('button', { name: say('changeShortcuts') })).toBeVisible();
      await picture(options, `words-options-${locale}`, { sizes });
      await options.close();

      await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
      await runnel.tab.goto(`${provider.origin}/demo`);
      await selectBlocks(runnel.tab, '#p1');
      await chooseMenuItem(runnel, 'translate-selection');
      await waitForBlocks(runnel, /^done$/);
      await runnel.tab.setViewportSize({ width: 900, height: 600 });
      await runnel.tab.screenshot({ path: artifact('looks', `words-page-${locale}.png`) });
    } finally {
      await runnel.close();
    }
  });

  // Those of the others are in a11y-words.spec.ts.
  if (locale !== 'ja') continue;
  test(`the chat in ${locale}`, async ({ provider }) => {
    const say = sayIn(locale);
    const runnel = await launchRunnel({ words: locale });
    try {
      const empty = await runnel.openTab('chat.html');
      await expect(empty.getByRole('heading', { name: say('connectModel') })).toBeVisible();
      await empty.close();
      await runnel.configure({ baseUrl: provider.url, key: CANARY });
      const page = await runnel.openTab('chat.html');
      await expect(page.locator('html')).toHaveAttribute('dir', dir);
      await expect(page.locator('html')).toHaveAttribute('lang', say('language'));
      await expect(page.getByRole('heading', { name: say('askAnything') })).toBeVisible();
      await picture(page, `words-empty-${locale}`, { sizes });
      await page.locator('.composer textarea').fill('Two lines of code');
      await page.getByRole('button', { name: say('send'), exact: true }).click();
      await expectState(lastReply(page), 'done');
      await page.getByRole('button', { name: say('details'), exact: true }).click();
      await expect(page.getByText(say('stateDone'), { exact: true })).toBeVisible();
      await picture(page, `words-chat-${locale}`, { sizes });
      await page.keyboard.press('Control+/');
      await expect(page.getByRole('heading', { name: say('keysAmongMessages') })).toBeVisible();
      await picture(page, `words-keys-${locale}`, { sizes });
    } finally {
      await runnel.close();
    }
  });
}
