// Pictures of the list of models, the saved providers and the figures, for people to look at; and axe, which looks at each of them.

import { CANARY, expect, test } from './harness/fixtures.ts';
import { NARROW, POPUP, picture, type Size } from './harness/picture.ts';
import { seedUsage } from './harness/seed-usage.ts';
import { button, expectState, lastReply, send } from './harness/ui.ts';
import { askWorker } from './harness/wire.ts';

const WIDE: Size = { width: 1100, height: 900 };

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
  await picture(page, 'chat-stood-in', { sizes: [POPUP, NARROW], axe: ['light'] });
  await button(page, 'Model: gpt-5').click();
  await button(page, 'Read the lists again').click();
  await expect(page.getByRole('option', { name: /Opus/ })).toBeVisible();
  await expect(page.getByText(/No API key is stored for api.groq.com/)).toBeVisible();
  await picture(page, 'models', { sizes: [POPUP, NARROW, WIDE], axe: ['dark'] });
  await page.getByText('Parameters', { exact: true }).click();
  await page.getByLabel('Temperature').fill('7');
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: 'Search models' }).fill('gem');
  await picture(page, 'models-parameters', { sizes: [POPUP, NARROW], axe: ['light'] });
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
  await picture(page, 'options-providers', { sizes: [{ width: 360, height: 900 }, WIDE], axe: ['light'] });
  await seedUsage(page);
  await page.getByLabel('Period').selectOption('90');
  await page.getByLabel('Period').selectOption('30');
  await expect(page.getByRole('region', { name: 'Usage by model' })).toContainText('qwen3:8b');
  await page.getByRole('heading', { name: 'Usage' }).evaluate((heading) => heading.scrollIntoView());
  await picture(page, 'options-usage', { sizes: [{ width: 360, height: 900 }, WIDE], axe: ['dark'] });
  expect((await askWorker<'usage'>(page, { type: 'usage', since: '2000-01-01' })).length).toBeGreaterThan(60);
});
