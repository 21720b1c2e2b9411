// Pictures of every surface in every state, for people to look at. The test is only that they could be taken.
import { statSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { CANARY, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import type { Runnel } from './harness/launch.ts';
import { artifact } from './harness/places.ts';
import { alertCard, button, expectState, lastReply, selectBlocks, send } from './harness/ui.ts';
import { until } from './harness/until.ts';

const POPUP = { width: 420, height: 600 };
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 900, height: 800 };

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
    }
  }
}

const openChat = (runnel: Runnel) => runnel.openTab('sidepanel.html');

test('chat: not set up and empty', async ({ fresh, provider }) => {
  const before = await fresh.openTab('popup.html');
  await picture(before, 'chat-not-set-up');
  await fresh.configure({ baseUrl: provider.url, key: CANARY });
  const page = await openChat(fresh);
  await picture(page, 'chat-empty', [POPUP, NARROW, WIDE]);
});

test('chat: waiting, streaming, stopped, failed', async ({ runnel, provider }) => {
  const page = await openChat(runnel);
  provider.plan([{ headerDelayMs: 60_000 }, { tokens: 2000, rate: 40 }, { status: 401 }, { html: true }]);
  await send(page, 'Wait for it');
  await expect(page.getByText(/waiting, \d+ s/)).toBeVisible();
  await picture(page, 'chat-waiting');
  await button(page, 'Stop').click();
  await expectState(lastReply(page), /^(partial|failed)$/);
  await send(page, 'Go on for long');
  await expectState(lastReply(page), 'streaming');
  await picture(page, 'chat-streaming', [POPUP, WIDE]);
  await button(page, 'Stop').click();
  await expectState(lastReply(page), 'partial');
  await picture(page, 'chat-stopped');
  for (const name of ['chat-refused-key', 'chat-not-an-api']) {
    await send(page, 'Will this work?');
    await expectState(lastReply(page), 'failed');
    await expect(alertCard(page).last()).toBeVisible();
    await picture(page, name, [POPUP, NARROW]);
  }
});

test('chat: markdown, reasoning, right to left', async ({ runnel, provider }) => {
  const page = await openChat(runnel);
  provider.plan({ rate: 0 });
  await send(page, 'Show markdown of all kinds');
  await expectState(lastReply(page), 'done');
  await picture(page, 'chat-markdown', [POPUP, NARROW, WIDE]);
  await button(page, 'New chat').click();
  provider.plan([
    {
      rate: 0,
      reasoning: 'First the question has to be understood. '.repeat(6),
      text: 'It is **forty-two**.',
    },
    {
      rate: 0,
      text: 'يبدأ الجدول مصادفةً تقريبًا. يهطل المطر على سفح التل، فيجد ثنية في الأرض فيتبعها.\n\n- أولًا\n- ثانيًا\n',
    },
  ]);
  await send(page, 'Think about it');
  await expectState(lastReply(page), 'done');
  await send(page, 'كيف يبدأ الجدول؟');
  await expectState(lastReply(page), 'done');
  await picture(page, 'chat-reasoning-and-rtl');
});

test('chat in a tab of its own', async ({ runnel, provider }) => {
  await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es' });
  provider.planFor(() => true, { rate: 0 });
  const page = await runnel.openTab('chat.html');
  await send(page, 'Show everything in markdown');
  await expectState(lastReply(page), 'done');
  await picture(page, 'chat-tab', [{ width: 1200, height: 900 }]);
});

test('the real popup', async ({ runnel }) => {
  const popup = await runnel.openPopup();
  for (const colorScheme of ['light', 'dark'] as const) {
    await popup.page.emulateMedia({ colorScheme });
    const file = artifact('looks', `popup-real-${colorScheme}.png`);
    await popup.page.screenshot({ path: file });
    expect(statSync(file).size).toBeGreaterThan(1500);
  }
  // In a small window the browser gives a popup less height than it asks for; its header must stay in sight.
  await expect(popup.page.getByRole('button', { name: 'New chat' })).toBeInViewport();
  await popup.close();
});

test('options: first run, filled, refused, tested', async ({ fresh, provider }) => {
  const sizes = [{ width: 360, height: 900 }, WIDE];
  const page = await fresh.openTab('options.html');
  await expect(button(page, 'Save')).toBeVisible();
  await picture(page, 'options-first-run', sizes);
  await page.getByRole('textbox', { name: 'Base URL' }).fill('http://example.invalid/v1');
  await button(page, 'Save').click();
  await expect(page.getByRole('alert').filter({ hasText: /\S/ }).first()).toBeVisible();
  await picture(page, 'options-bad-address', sizes);
  await page.getByRole('textbox', { name: 'Base URL' }).fill(provider.url);
  await page.getByLabel('API key').fill(CANARY);
  await page.getByRole('combobox', { name: 'Model' }).fill('scripted-small');
  await page.keyboard.press('Escape');
  await button(page, 'Save').click();
  await expect(page.getByLabel('API key')).toHaveValue('');
  await picture(page, 'options-saved', sizes);
  await button(page, 'Test connection').click();
  await expect(page.locator('[data-check=json]')).toBeVisible();
  const long = sizes.map(({ width }) => ({ width, height: 1500 }));
  await picture(page, 'options-tested', long);
  provider.planFor(() => true, { status: 403, body: '' });
  await button(page, 'Test connection').click();
  await expect(button(page, 'Copy')).toBeVisible();
  await picture(page, 'options-origin-refused', long);
  await page.getByRole('combobox', { name: 'Target language' }).click();
  await picture(page, 'options-languages', sizes);
});

test('options: what is in the page', async ({ runnel, provider }) => {
  const sites = {
    'news.example': 'below',
    'a-very-long-name.of-a-site.somewhere.example': 'bubble',
  } as const;
  await runnel.configure({ baseUrl: provider.url, key: CANARY, language: 'es', more: { sites } });
  const page = await runnel.openTab('options.html');
  const box = page.getByRole('textbox', { name: 'Never translate' });
  await box.fill('code\nkbd\n>> no selector\n.sidebar');
  await box.blur();
  await expect(page.getByText('Line 3 is not a CSS selector.')).toBeVisible();
  await box.scrollIntoViewIfNeeded();
  await picture(page, 'options-in-the-page', [
    { width: 360, height: 1600 },
    { width: 1100, height: 1900 },
  ]);
});

for (const { language, from, to } of [
  { language: 'de', from: '#p1', to: '#list' },
  { language: 'ar', from: '#p1', to: '#linked' },
  { language: 'ja', from: '#p1', to: '#p2' },
]) {
  test(`a page in ${language}`, async ({ runnel, provider }) => {
    const sizes = [NARROW, { width: 1100, height: 800 }];
    await runnel.configure({ baseUrl: provider.url, key: CANARY, language });
    provider.planFor(({ path }) => path.endsWith('/chat/completions'), { rate: 12 });
    await selectBlocks(runnel.tab, from, to);
    await chooseMenuItem(runnel, 'translate-selection');
    await until('a block streams', () => runnel.tab.locator('[data-runnel=streaming]').count());
    if (language === 'de') await picture(runnel.tab, 'page-streaming', sizes);
    await waitForBlocks(runnel, /^done$/, 40_000);
    await picture(runnel.tab, `page-${language}`, sizes);
  });
}

test('a page whose translation failed', async ({ runnel, provider }) => {
  provider.planFor(({ path }) => path.endsWith('/chat/completions'), { status: 401 });
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^failed$/);
  await picture(runnel.tab, 'page-failed', [NARROW, { width: 1100, height: 800 }]);
});
