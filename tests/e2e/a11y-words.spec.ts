// No violation that axe finds in any state of the chat and the options, in light, dark and forced colours, and in languages that are
// mirrored or long. `SHOTS=1` keeps pictures of all of them, `WORDS=ja,fr` chooses the languages.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { sayIn } from './harness/in-words.ts';
import { launchRunnel } from './harness/launch.ts';
import { expectNoSidewaysScroll, expectNoViolations, picture } from './harness/picture.ts';
import { type Look, walkChat, walkOptions } from './harness/states.ts';

const SCHEMES = ['light', 'dark', 'forced'] as const;

function looking(locale: string, heights: readonly number[]): Look {
  const sizes = [320, 420, 1200].map((width, at) => ({ width, height: heights[at] ?? 800 }));
  // What is seen of a colour does not depend on the language.
  const schemes = SCHEMES.slice(0, locale === 'en' ? SCHEMES.length : 1);
  return async (page, name, shown) => {
    if (process.env['SHOTS'])
      await picture(page, `words-${locale}-${name}`, { sizes, schemes: SCHEMES, shown });
    await page.setViewportSize({ width: 320, height: 640 });
    await shown?.scrollIntoViewIfNeeded();
    await expectNoSidewaysScroll(page, name);
    await expectNoViolations(page, { schemes, legacy: true, name });
  };
}

for (const locale of (process.env['WORDS'] ?? 'en,ar,de').split(','))
  for (const { what, walk, heights } of [
    { what: 'chat', walk: walkChat, heights: [640, 600, 800] },
    { what: 'options', walk: walkOptions, heights: [6800, 6000, 5200] },
  ])
    test(`every state of the ${what} in ${locale}`, async ({ provider }) => {
      test.setTimeout(200_000);
      const runnel = await launchRunnel({ words: locale });
      try {
        await walk({ runnel, provider, say: sayIn(locale), look: looking(locale, heights) });
      } finally {
        await runnel.close();
      }
    });

/** As a person sets it in the browser for all pages. */
async function setTextSize(page: Page, standard: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } });
  await session.detach();
}

for (const { what, walk } of [
  { what: 'chat', walk: walkChat },
  { what: 'options', walk: walkOptions },
])
  test(`every state of the ${what} with text twice as large, and in a panel at twice the zoom`, async ({
    provider,
  }) => {
    test.setTimeout(120_000);
    const runnel = await launchRunnel();
    const expectUsable = async (page: Page, name: string) => {
      await expectNoSidewaysScroll(page, name);
      for (const send of await page.locator('.send').all())
        await expect(send, name).toBeInViewport({ ratio: 1 });
    };
    const look: Look = async (page, name) => {
      await setTextSize(page, 16);
      await page.setViewportSize({ width: 180, height: 400 });
      await expectUsable(page, name);
      await setTextSize(page, 32);
      await page.setViewportSize({ width: 420, height: 600 });
      const body = await page.evaluate(() => getComputedStyle(document.body).fontSize);
      expect(body, name).toBe('28px');
      await expectUsable(page, name);
    };
    try {
      await walk({ runnel, provider, say: sayIn('en'), look });
    } finally {
      await runnel.close();
    }
  });
