// Several providers in the options, and the account of what was used.
import type { Page } from '@playwright/test';
import { startProvider } from '../provider/server.ts';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { chooseMenuItem, waitForBlocks } from './harness/gesture.ts';
import { button, expectState, fillOptions, lastReply, selectBlocks, send } from './harness/ui.ts';
import { until } from './harness/until.ts';
import { askWorker } from './harness/wire.ts';

const entry = (page: Page, name: string | RegExp) =>
  page.getByRole('list', { name: 'Saved providers' }).getByRole('listitem').filter({ hasText: name });

test('providers are added, used, renamed and removed; a key stays with its server', async ({
  runnel,
  provider,
}) => {
  const second = await startProvider({ rate: 0 });
  try {
    const page = await runnel.openTab('options.html');
    const chat = await runnel.openTab('sidepanel.html');
    await page.bringToFront();
    await expect(entry(page, provider.origin.slice(7))).toContainText('In use');
    await button(page, `Rename ${provider.origin.slice(7)}`).click();
    await page.keyboard.type('At home');
    await page.keyboard.press('Enter');
    await expect(entry(page, 'At home')).toContainText(provider.origin.slice(7));
    await button(page, 'Add provider').click();
    await expect(page.getByLabel('Provider', { exact: true })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Base URL' })).toHaveValue('');
    await fillOptions(page, { baseUrl: second.url, key: 'sk-of-the-second', model: 'scripted-large' });
    await expect(entry(page, 'In use')).toContainText(second.origin.slice(7));
    await expect(page.getByLabel('API key')).toHaveValue('');
    await expect(entry(page, /./)).toHaveCount(2);

    await chat.bringToFront();
    await send(chat, 'Who are you?');
    await expectState(lastReply(chat), 'done');
    expect(chatRequests(second)).toHaveLength(1);
    await page.bringToFront();
    // With something typed nothing is switched.
    await page.getByRole('textbox', { name: 'Base URL' }).fill('https://half');
    await button(page, 'Use At home').click();
    await expect(page.getByText('Save what is typed first, or discard it.')).toBeVisible();
    await button(page, 'Discard changes').click();
    await button(page, 'Use At home').click();
    await expect(entry(page, 'At home')).toContainText('In use');
    await expect(page.getByRole('textbox', { name: 'Base URL' })).toHaveValue(provider.url);
    await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('scripted-small');
    await chat.bringToFront();
    await send(chat, 'And you?');
    await expectState(lastReply(chat), 'done');
    expect(chatRequests(provider)).toHaveLength(1);
    expect(JSON.stringify(second.journal)).not.toContain(CANARY);
    expect(JSON.stringify(provider.journal)).not.toContain('sk-of-the-second');

    await page.bringToFront();
    await button(page, `Remove ${second.origin.slice(7)}`).click();
    await expect(button(page, 'Keep')).toBeFocused();
    await button(page, 'Yes, remove').click();
    await expect(entry(page, /./)).toHaveCount(1);
    await until(
      'the key is gone',
      async () => !(await askWorker<'has-key'>(page, { type: 'has-key', origin: second.origin })),
    );
    expect(await askWorker<'has-key'>(page, { type: 'has-key', origin: provider.origin })).toBe(true);
  } finally {
    await second.close();
  }
});

test('the fall-back is chosen from the models of all providers', async ({ runnel, provider }) => {
  const page = await runnel.openTab('options.html');
  const box = page.getByRole('combobox', { name: 'Fall-back' });
  await expect(box).toHaveValue('None');
  await box.fill('reas');
  await page.getByRole('option', { name: 'scripted-reasoner' }).click();
  await expect(page.locator('#fall-back-note')).toHaveText('Saved');
  const { settings } = await askWorker<'settings'>(page, { type: 'settings' });
  expect(settings.fallback).toEqual({ baseUrl: provider.url, model: 'scripted-reasoner' });
});

test('what was used adds up: by day, model and kind, with prices where they are known', async ({
  runnel,
  provider,
}) => {
  const priced = (id: string) => ({
    id,
    pricing: { input_cost_per_million: 1000, output_cost_per_million: 2000 },
  });
  provider.planFor(({ path }) => path === '/v1/models', { body: { data: [priced('scripted-small')] } });
  const chat = await runnel.openTab('sidepanel.html');
  // The list tells the price.
  await button(chat, 'Model: scripted-small').click();
  await button(chat, 'Read the lists again').click();
  await expect(chat.getByRole('option', { name: /\$1,000 \/ \$2,000/ })).toBeVisible();
  await chat.keyboard.press('Escape');
  provider.plan([
    { text: 'One two three four.', rate: 0 },
    { text: 'Five.', rate: 0, noUsage: true },
    { status: 401 },
  ]);
  for (const [text, state] of [
    ['First', 'done'],
    ['Second', 'done'],
    ['Third', 'failed'],
  ] as const) {
    await send(chat, text);
    await expectState(lastReply(chat), state);
  }
  await runnel.tab.bringToFront();
  await selectBlocks(runnel.tab, '#p1');
  await chooseMenuItem(runnel, 'translate-selection');
  await waitForBlocks(runnel, /^done$/);
  const page = await runnel.openTab('options.html');
  const total = page.locator('[data-part=usage-total]');
  await expect(total).toContainText('4 requests');
  await expect(total).toContainText('~');
  const table = page.getByRole('region', { name: 'Usage by model' });
  const rowOf = (kind: string) => table.getByRole('row').filter({ hasText: kind });
  await expect(rowOf('Chat')).toContainText('scripted-small');
  await expect(rowOf('Chat').getByRole('cell').nth(1)).toHaveText('3');
  await expect(rowOf('Translation').getByRole('cell').nth(1)).toHaveText('1');
  await expect(rowOf('Chat').getByRole('cell').nth(4)).toHaveText(/^~\$0\.\d+$/);
  // The rows are the sum of what the server counted, but for the one answer without figures.
  const rows = await askWorker<'usage'>(page, { type: 'usage', since: '2000-01-01' });
  expect(rows).toMatchObject([
    { kind: 'chat', requests: 3, estimated: 1, unpriced: 0 },
    { kind: 'translation', requests: 1, estimated: 0, unpriced: 0 },
  ]);
  for (const { input, output, cost } of rows)
    expect(cost).toBeCloseTo((input * 1000 + output * 2000) / 1e6, 9);
  await page.getByText('Day by day').click();
  await expect(page.getByRole('row')).toHaveCount(5);
  // The conversation has its own sum, in the list of models.
  await chat.bringToFront();
  await button(chat, 'Model: scripted-small').click();
  await expect(chat.locator('[data-part=conversation-usage]')).toContainText('This chat: 3 requests');
  await chat.keyboard.press('Escape');
  await page.bringToFront();
  await button(page, 'Clear figures').click();
  await button(page, 'Yes, clear').click();
  await expect(total).toHaveText('Nothing was asked in this time.');
  await expect(table).toHaveCount(0);
});
