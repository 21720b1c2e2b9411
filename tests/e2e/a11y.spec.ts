// No violation that axe finds, in light and dark, in every state a person meets.
import { CANARY, expect, test } from './harness/fixtures.ts';
import { expectNoViolations } from './harness/picture.ts';
import { alertCard, expectState, lastReply, send } from './harness/ui.ts';

test('the real popup', async ({ runnel, provider }) => {
  const popup = await runnel.openPopup();
  await expectNoViolations(popup.page, { legacy: true });
  provider.plan({ text: 'A short answer.' });
  await send(popup.page, 'Hello');
  await expectState(lastReply(popup.page), 'done');
  await expectNoViolations(popup.page, { legacy: true });
  await popup.close();
});

test('sidepanel.html: not set up, empty, waiting, streaming, done, failed', async ({ fresh, provider }) => {
  test.slow();
  const before = await fresh.openTab('sidepanel.html');
  await expectNoViolations(before);
  await before.close();
  await fresh.configure({ baseUrl: provider.url, key: CANARY });
  const page = await fresh.openTab('sidepanel.html');
  await expectNoViolations(page);

  provider.plan({ headerDelayMs: 60_000 });
  await send(page, 'Wait for it');
  await expectState(lastReply(page), 'waiting');
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expectState(lastReply(page), /^(partial|failed)$/);
  await expectNoViolations(page);

  provider.plan({ tokens: 4000, rate: 20 });
  await send(page, 'Go on for long');
  await expectState(lastReply(page), 'streaming');
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expectState(lastReply(page), 'partial');

  provider.plan({ rate: 0 });
  await send(page, 'Show markdown of all kinds');
  await expectState(lastReply(page), 'done');
  await expectNoViolations(page);

  provider.plan({ status: 401 });
  await send(page, 'Will this work?');
  await expect(alertCard(page).last()).toBeVisible();
  await expectNoViolations(page);
});

test('options.html: first run, filled, tested, refused', async ({ fresh, provider }) => {
  const page = await fresh.openTab('options.html');
  await expectNoViolations(page);
  await page.getByRole('textbox', { name: 'Base URL' }).fill('http://example.invalid/v1');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /\S/ }).first()).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole('textbox', { name: 'Base URL' }).fill(provider.url);
  await page.getByLabel('API key').fill(CANARY);
  await page.getByRole('combobox', { name: 'Model' }).fill('scripted-small');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByRole('status').filter({ hasText: /\S/ }).first()).toBeVisible();
  await expectNoViolations(page);
});
