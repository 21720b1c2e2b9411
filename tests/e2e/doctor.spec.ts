// The first run, and the connection test with what to do about each line that failed.
import type { Page } from '@playwright/test';
import { CANARY, chatRequests, expect, test } from './harness/fixtures.ts';
import { button, fillOptions } from './harness/ui.ts';

const line = (page: Page, name: string) => page.locator(`[data-check=${name}]`);
const step = (page: Page, name: string) => page.locator(`[data-step=${name}]`);

async function expectOutcomes(page: Page, outcomes: Record<string, string>): Promise<void> {
  for (const [name, outcome] of Object.entries(outcomes))
    await expect(line(page, name), name).toHaveAttribute('data-outcome', outcome);
}

test('three steps from nothing to a model that answers', async ({ fresh, provider }) => {
  provider.planFor(({ body }) => body !== null && typeof body === 'object' && 'tools' in body, {
    toolCalls: [{ id: 'c', name: 'report_status', arguments: { status: 'ok' } }],
  });
  provider.planFor(({ body }) => body !== null && typeof body === 'object' && 'response_format' in body, {
    text: '{"ok": true}',
  });
  const page = await fresh.openTab('options.html');
  await expect(step(page, 'provider')).toHaveAttribute('aria-current', 'step');
  await page.getByRole('textbox', { name: 'Base URL' }).fill(provider.url);
  await page.getByLabel('API key').fill(CANARY);
  await expect(step(page, 'key')).toHaveAttribute('aria-current', 'step');
  await fillOptions(page, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
  await expect(step(page, 'try')).toHaveAttribute('aria-current', 'step');
  await button(page, 'Try it').click();
  const all = [
    'address',
    'permission',
    'reachable',
    'key',
    'model',
    'stream',
    'pieces',
    'usage',
    'tools',
    'json',
  ];
  await expectOutcomes(page, Object.fromEntries(all.map((name) => [name, 'ok'])));
  await expect(page.getByText('Runnel is ready.')).toBeVisible();
  // Three short requests, and not one more.
  expect(chatRequests(provider)).toHaveLength(3);
  await page.close();
});

test('a base URL that stops short of the API is completed with one press', async ({ fresh, provider }) => {
  provider.planFor(({ path }) => !path.startsWith('/v1/'), { html: true });
  const page = await fresh.openTab('options.html');
  await fillOptions(page, { baseUrl: provider.origin, key: CANARY, model: 'scripted-small' });
  await expect(page.getByLabel('API key')).toHaveValue('');
  await button(page, 'Test connection').click();
  await expectOutcomes(page, { reachable: 'failed', stream: 'skipped', json: 'skipped' });
  await button(page, 'Use this address').click();
  await expect(page.getByRole('textbox', { name: 'Base URL' })).toHaveValue(provider.url);
  await expectOutcomes(page, { reachable: 'ok', key: 'ok', stream: 'ok' });
  await page.close();
});

test('a reply that somebody on the way collected is told from a stream', async ({ fresh, provider }) => {
  provider.planFor(({ path }) => path.endsWith('/chat/completions'), { buffered: true, rate: 60 });
  const page = await fresh.openTab('options.html');
  await fillOptions(page, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
  await expect(page.getByLabel('API key')).toHaveValue('');
  await button(page, 'Test connection').click();
  await expectOutcomes(page, { stream: 'ok', pieces: 'failed', usage: 'ok' });
  await expect(line(page, 'pieces')).toContainText('proxy_buffering off');
  await page.close();
});

test('a server that refuses extensions is told the line it wants, with our own origin', async ({
  fresh,
  provider,
}) => {
  provider.planFor(() => true, { status: 403, body: '' });
  const page = await fresh.openTab('options.html');
  await fillOptions(page, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
  await expect(page.getByLabel('API key')).toHaveValue('');
  await button(page, 'Test connection').click();
  await expectOutcomes(page, { reachable: 'failed' });
  const origin = await page.evaluate(() => location.origin);
  await expect(line(page, 'reachable').locator('code')).toHaveText(`OLLAMA_ORIGINS=${origin}`);
  await button(page, 'Copy').click();
  await expect(button(page, 'Copied')).toBeVisible();
  const box = page.getByRole('textbox', { name: 'Base URL' });
  await box.fill('');
  await box.press('ControlOrMeta+V');
  await expect(box).toHaveValue(`OLLAMA_ORIGINS=${origin}`);
  await page.close();
});

test('a server that is not there is looked for on this computer', async ({ fresh, provider }) => {
  const page = await fresh.openTab('options.html');
  await fillOptions(page, { baseUrl: provider.url, key: CANARY, model: 'scripted-small' });
  await expect(page.getByLabel('API key')).toHaveValue('');
  await provider.close();
  await button(page, 'Test connection').click();
  await expectOutcomes(page, { reachable: 'failed', key: 'skipped' });
  await expect(line(page, 'reachable')).toContainText('Start the server');
  await provider.listenAgain();
  await page.close();
});
