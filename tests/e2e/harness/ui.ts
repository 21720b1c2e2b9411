// What a person does and sees, by the names in the interface.
import { expect, type Locator, type Page } from '@playwright/test';

export const messageBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const articles = (page: Page): Locator => page.getByRole('log').getByRole('article');
/** Messages of the model. */
export const replies = (page: Page): Locator => page.locator('[role=log] [data-role=assistant]');
export const lastReply = (page: Page): Locator => replies(page).last();
export const alertCard = (page: Page): Locator => page.locator('[role=alert][data-code]');

export async function send(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text);
  await button(page, 'Send').click();
}

export async function expectState(reply: Locator, state: string | RegExp, limitMs = 20_000): Promise<void> {
  await expect(reply).toHaveAttribute('data-state', state, { timeout: limitMs });
}

export interface Figures {
  chunks: number;
  tokens: number;
  tokensPerSecond: number;
  ttftMs: number;
  retries: number;
  usage: string;
}

/** The figures under a reply. */
export async function readFigures(reply: Locator): Promise<Figures> {
  const stats = reply.locator('[data-part=stats]');
  await expect(stats).toHaveCount(1);
  const read = async (name: string) => await stats.getAttribute(`data-${name}`);
  return {
    chunks: Number(await read('chunks')),
    tokens: Number(await read('tokens')),
    tokensPerSecond: Number(await read('tokens-per-second')),
    ttftMs: Number(await read('ttft-ms')),
    retries: Number(await read('retries')),
    usage: (await read('usage')) ?? '',
  };
}

/** Text of a message without white space: markdown moves white space, but loses or repeats no other character. */
export const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

/** Fills the options form and saves it, as a user does. `page` is the options page. */
export async function fillOptions(
  page: Page,
  { baseUrl, key, model }: { baseUrl: string; key: string; model: string },
): Promise<void> {
  await page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('combobox', { name: 'Model' }).fill(model);
  await page.keyboard.press('Escape');
  await button(page, 'Save').click();
}

/** Selects from the start of one element to the end of another, as dragging does. */
export async function selectBlocks(page: Page, from: string, to = from): Promise<void> {
  await page.evaluate(
    ([first, last]) => {
      const range = document.createRange();
      const start = document.querySelector(String(first));
      const end = document.querySelector(String(last));
      if (!start || !end) throw new Error(`no ${first} or ${last}`);
      range.setStart(start, 0);
      range.setEnd(end, end.childNodes.length);
      const selection = getSelection();
      selection?.removeAllRanges();
      selection?.addRange(range);
    },
    [from, to],
  );
}

/** What a message says, without its buttons and figures. */
export async function messageText(message: Locator): Promise<string> {
  const body = message.locator('.prose');
  const texts = await ((await body.count()) > 0 ? body : message).allInnerTexts();
  return texts.join('\n');
}
