// Pictures of the list of models, the saved providers and the figures, for people to look at; and axe, which looks at each of them.

import { statSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { CANARY, expect, test } from './harness/fixtures.ts';
import { artifact } from './harness/places.ts';
import { button, expectState, lastReply, send } from './harness/ui.ts';
import { askWorker } from './harness/wire.ts';

const POPUP = { width: 420, height: 600 };
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1100, height: 900 };

/** Takes its pictures; axe looks at one of them, for it takes seconds. */
async function picture(
  page: Page,
  name: string,
  sizes = [POPUP],
  looked: 'light' | 'dark' = 'light',
): Promise<void> {
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
      if (size !== sizes[0] || colorScheme !== looked) continue;
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  }
}

const MODELS = [
  { id: 'gpt-5', name: 'GPT-5', context_length: 400_000, vision: true, price: [1.25, 10] },
  {
    id: 'claude-opus-4-1-20250805',
    name: 'Claude Opus 4.1',
    context_length: 200_000,
    vision: true,
    price: [15, 75],
  },
  { id: 'llama3.3-70b-instruct', name: 'Llama 3.3 70B Instruct', context_length: 131_072, price: [0, 0] },
  { id: 'accounts/some-vendor/models/a-very-long-name-of-a-model-that-goes-on-and-on', context_length: 8192 },
  {
    id: 'gemini-2.5-pro',
    name: 'Gemini 2.5 Pro',
    context_length: 1_048_576,
    vision: true,
    price: [1.25, 10],
  },
].map(({ vision, price, ...model }) => ({
  ...model,
  capabilities: { vision: vision ?? false, function_calling: true, reasoning: vision ?? false },
  ...(price ? { pricing: { input: price[0] ?? 0, output: price[1] ?? 0 } } : {}),
}));

test.describe.configure({ timeout: 90_000 });

test('the list of models', async ({ runnel, provider }) => {
  provider.planFor(({ path }) => path === '/v1/models', { body: { data: MODELS } });
  await runnel.configure({
    baseUrl: provider.url,
    key: CANARY,
    model: 'gpt-5',
    more: {
      name: 'MegaLLM',
      favourites: ['gemini-2.5-pro'],
      others: [
        {
          preset: 'custom',
          baseUrl: 'https://api.groq.com/openai/v1',
          model: 'llama-3.3-70b',
          name: 'Groq',
          favourites: ['llama-3.3-70b'],
        },
      ],
      fallback: { baseUrl: provider.url, model: 'gemini-2.5-pro' },
    },
  });
  provider.plan([{ status: 503 }, { text: 'It is **forty-two**, as far as anybody knows.', rate: 0 }]);
  const page = await runnel.openTab('sidepanel.html');
  await send(page, 'What is the answer?');
  await expectState(lastReply(page), 'done');
  await picture(page, 'chat-stood-in', [POPUP, NARROW]);
  await button(page, 'Model: gpt-5').click();
  await button(page, 'Read the lists again').click();
  await expect(page.getByRole('option', { name: /Opus/ })).toBeVisible();
  await expect(page.getByText(/No API key is stored for api.groq.com/)).toBeVisible();
  await picture(page, 'models', [POPUP, NARROW, WIDE], 'dark');
  await page.getByText('Parameters', { exact: true }).click();
  await page.getByLabel('Temperature').fill('7');
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: 'Search models' }).fill('gem');
  await picture(page, 'models-parameters', [POPUP, NARROW]);
});

test('saved providers and usage', async ({ runnel, provider }) => {
  await runnel.configure({
    baseUrl: provider.url,
    key: CANARY,
    more: {
      name: 'At home',
      others: [
        {
          preset: 'groq',
          baseUrl: 'https://api.groq.com/openai/v1',
          model: 'llama-3.3-70b-versatile',
          name: '',
          favourites: [],
        },
        {
          preset: 'custom',
          baseUrl: 'https://models.a-very-long-name-of-a-company.example/openai/v1',
          model: 'm',
          name: '',
          favourites: [],
        },
      ],
    },
  });
  const page = await runnel.openTab('options.html');
  await expect(page.getByText('Nothing was asked in this time.')).toBeVisible();
  await page.getByRole('heading', { name: 'Saved providers' }).scrollIntoViewIfNeeded();
  await picture(page, 'options-providers', [{ width: 360, height: 900 }, WIDE]);
  // Figures of some weeks, as the worker would have entered them.
  await page.evaluate(async () => {
    const request = indexedDB.open('runnel-usage');
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    const days = request.result.transaction('days', 'readwrite').objectStore('days');
    for (let ago = 0; ago < 30; ago++) {
      const date = new Date(Date.now() - ago * 24 * 3600 * 1000);
      const two = (part: number) => String(part).padStart(2, '0');
      const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
      const size = Math.round(4000 * (1.2 + Math.sin(ago * 1.7)));
      const sums = {
        requests: 5,
        input: size,
        output: size / 4,
        cost: size / 1e6,
        estimated: 0,
        unpriced: 0,
      };
      const rows = [
        { day, kind: 'chat', host: 'ai.megallm.io', model: 'claude-opus-4-1-20250805', ...sums },
        {
          day,
          kind: 'translation',
          host: 'ai.megallm.io',
          model: 'gpt-5',
          ...sums,
          input: size / 3,
          estimated: 1,
        },
        { day, kind: 'chat', host: 'localhost:11434', model: 'qwen3:8b', ...sums, cost: 0, unpriced: 5 },
      ];
      if (ago % 6 !== 5) days.put({ day, rows });
    }
    await new Promise((resolve) => {
      days.transaction.oncomplete = resolve;
    });
    request.result.close();
  });
  await page.getByLabel('Period').selectOption('90');
  await page.getByLabel('Period').selectOption('30');
  await expect(page.getByRole('region', { name: 'Usage by model' })).toContainText('qwen3:8b');
  await page.getByRole('heading', { name: 'Usage' }).evaluate((heading) => heading.scrollIntoView());
  await picture(page, 'options-usage', [{ width: 360, height: 900 }, WIDE], 'dark');
  expect((await askWorker<'usage'>(page, { type: 'usage', since: '2000-01-01' })).length).toBeGreaterThan(60);
});
