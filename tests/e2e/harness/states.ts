// Every state of the chat and of the options that a person meets, one after the other on few pages, in any language:
// what there is to press is found by the language's own words.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Plan } from '../../provider/plan.ts';
import { give } from './composer.ts';
import type { Runnel } from './launch.ts';
import { seedHistory } from './seed.ts';
import { seedUsage } from './seed-usage.ts';
import { expectState, lastReply } from './ui.ts';

/** Called in each state; `shown` is what it is about, where that might be out of sight. */
export type Look = (page: Page, name: string, shown?: Locator) => Promise<void>;

interface Walk {
  runnel: Runnel;
  provider: { url: string; plan(plan: Plan | Plan[]): void };
  /** The words of the language. */
  say: (name: string) => string;
  look: Look;
}

const KEY = 'sk-canary-5f0b1c2d9e8a7746';

const MARKDOWN = [
  '## A heading\nSome **words**, `code`, [a link](https://example.com/path) and a formula $E = mc^2$.',
  '```ts\n// A comment\nexport const count = (name: string) => name.length + 3;\n```',
  '1. first\n2. second\n   - [x] done\n   - [ ] open',
  '| name | size |\n|:--|--:|\n| brook | 1 |\n| river | 200 |',
  '> A quote[^1]\n\n[^1]: A note.',
].join('\n\n');

const PROMPTS = [
  { id: 'p', name: 'Polite mail', text: 'Write a {{tone}} mail about {{topic}}.' },
  { id: 'q', name: 'A prompt with a very long name that has to go somewhere', text: 'x' },
];

const OTHERS = [
  {
    preset: 'custom',
    baseUrl: 'https://models.a-very-long-name-of-a-company.example/openai/v1',
    model: 'llama-3.3-70b',
    name: 'Groq',
    favourites: ['llama-3.3-70b'],
  },
];

const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true });
const box = (page: Page) => page.locator('.composer textarea');

/** From a fresh profile; leaves it with settings. */
export async function walkChat({ runnel, provider, say, look }: Walk): Promise<void> {
  const before = await runnel.openTab('chat.html');
  await expect(before.getByRole('heading', { name: say('connectModel') })).toBeVisible();
  await look(before, 'connect');
  await before.close();
  await runnel.configure({
    baseUrl: provider.url,
    key: KEY,
    model: 'model-with-eyes',
    language: 'es',
    more: { prompts: PROMPTS, others: OTHERS, favourites: ['model-with-eyes'] },
  });
  const page = await runnel.openTab('chat.html');
  await expect(page.getByRole('heading', { name: say('askAnything') })).toBeVisible();
  await look(page, 'empty');
  const walk = { runnel, provider, say, look };
  await walkComposer(page, walk);
  await walkAnswers(page, walk);
  await walkList(page, walk);
}

/** Its items are inside of it: each of the menus has styles that are loaded with it. */
async function expectWhole(menu: Locator): Promise<void> {
  const whole = await menu.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const boxes = [...element.children].map((child) => child.getBoundingClientRect());
    return boxes.every(
      (box) => box.top >= top && box.bottom <= bottom && box.left >= left && box.right <= right,
    );
  });
  expect(whole, 'the menu around its items').toBe(true);
}

async function walkComposer(page: Page, { say, look }: Walk): Promise<void> {
  await box(page).pressSequentially('/');
  await expect(page.getByRole('option').first()).toBeVisible();
  await look(page, 'prompts');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'prompt-form');
  await page.keyboard.press('Escape');
  await box(page).fill('');
  const add = async (item: string) => {
    await button(page, say('addToMessage')).click();
    await page.getByRole('menuitem', { name: say(item) }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  };
  await add('addInstructions');
  await page.getByRole('dialog').locator('textarea').fill('Answer in rhyme.');
  await look(page, 'instructions');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('save'), exact: true })
    .click();
  await add('addTab');
  await look(page, 'tabs');
  await page.keyboard.press('Escape');
  await page.locator('.model-button').click();
  await page.getByRole('button', { name: say('readListsAgain') }).click();
  await expect(page.getByRole('option').nth(1)).toBeVisible();
  await page.locator('.params summary').click();
  await look(page, 'models');
  await page.keyboard.press('Escape');
  await give(page, 'drop', [
    { name: 'photo.png', type: 'image/png', pixels: [400, 300] },
    { name: 'a-file-with-a-rather-long-name-indeed.md', type: 'text/markdown', text: 'Water. '.repeat(900) },
  ]);
  await expect(page.locator('.composer .part:not(.reading)')).toHaveCount(2);
  await button(page, say('addToMessage')).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await look(page, 'parts-and-menu');
  await page.keyboard.press('Escape');
  await page.locator('.composer .part:not(.image) > button').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'part');
  await page.keyboard.press('Escape');
}

async function walkAnswers(page: Page, { provider, say, look }: Walk): Promise<void> {
  const ask = async (text: string) => {
    await box(page).fill(text);
    await button(page, say('send')).click();
  };
  provider.plan([
    { rate: 0, reasoning: 'First the question has to be understood. '.repeat(6), text: MARKDOWN },
    { status: 401 },
    { tokens: 4000, rate: 20 },
    { rate: 0, text: 'Another one.', toolCalls: [{ name: 'now', arguments: { zone: 'UTC' } }] },
  ]);
  await ask('What do these have in common?');
  await expectState(lastReply(page), 'done');
  await button(page, say('details')).click();
  await expect(page.locator('dl.details')).toBeVisible();
  await look(page, 'answer');
  await look(page, 'answer-begin', lastReply(page).locator('h2'));
  await ask('Will this work?');
  await expectState(lastReply(page), 'failed');
  await expect(page.locator('[role=alert][data-code]').last()).toBeVisible();
  await look(page, 'failed');
  await ask('Go on for long');
  await expectState(lastReply(page), 'streaming');
  await look(page, 'streaming');
  await button(page, say('do_stop')).click();
  await expectState(lastReply(page), 'partial');
  await look(page, 'stopped');
  await lastReply(page)
    .getByRole('button', { name: say('more'), exact: true })
    .click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectWhole(page.getByRole('menu'));
  await look(page, 'message-menu');
  await page.keyboard.press('Escape');
  await button(lastReply(page), say('retry')).click();
  await expectState(lastReply(page), 'done');
  await page.locator('.message.user').last().hover();
  await button(page, say('editIt')).last().click();
  await expect(page.locator('.edit-box')).toBeVisible();
  await look(page, 'edit', page.locator('.edit-box'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('heading', { name: say('keysAmongMessages') })).toBeVisible();
  await look(page, 'keys');
  await page.keyboard.press('Escape');
}

async function walkList(before: Page, { runnel, say, look }: Walk): Promise<void> {
  await seedHistory(before, { conversations: 40, turns: 2, words: 60 });
  await before.close();
  const page = await runnel.openTab('chat.html');
  await button(page, say('conversationList')).click();
  const rows = page.locator('.entry');
  await rows.nth(1).hover();
  await button(rows.nth(1), say('pin')).click();
  await expect(page.getByRole('heading', { name: say('pinnedOnes') })).toBeVisible();
  await rows.nth(2).hover();
  await button(rows.nth(2), say('deleteIt')).click();
  await rows.nth(3).hover();
  await button(rows.nth(3), say('exportNow')).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await look(page, 'list');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('san ver');
  await expect(page.locator('.conversations mark').first()).toBeVisible();
  await look(page, 'found');
  await button(page, say('temporaryChat')).click();
  await expect(page.locator('.conversations')).toHaveCount(0);
  await look(page, 'temporary');
}

/** First the guide of a fresh profile, then all sections with something in them. */
export async function walkOptions({ runnel, provider, say, look }: Walk): Promise<void> {
  const first = await runnel.openTab('options.html');
  await expect(first.getByRole('heading', { name: say('threeSteps') })).toBeVisible();
  await look(first, 'options-first');
  await first.close();
  const sites = { 'news.example': 'below' } as const;
  await runnel.configure({
    baseUrl: provider.url,
    key: KEY,
    language: 'es',
    more: { prompts: PROMPTS, others: OTHERS, sites },
  });
  const page = await runnel.openTab('options.html');
  await expect(page.locator('[data-part=usage-total]')).toBeVisible();
  await seedUsage(page);
  await page.reload();
  await expect(page.locator('.usage-table')).toBeVisible();
  await page.locator('.providers').getByRole('button').last().click();
  await button(page, say('editNamed').replace('$1', 'Polite mail')).click();
  await page.locator('.prompts-editor details summary').click();
  await button(page, say('testConnection')).click();
  await expect(page.locator('[data-check=json]')).toBeVisible();
  await look(page, 'options');
}
