// A tab → its readable text, as a part of a question; or why not, in words for a person.
import type { ContextPart } from '../protocol/attachments.ts';
import { MAX_PART } from '../protocol/attachments.ts';
import { cutText } from './cut-text.ts';
import type { Pages, TabInfo, TakenPage } from './page-types.ts';
import { readableText } from './readable-text.ts';

/** Its message is a sentence for a person. */
export class CannotRead extends Error {
  override name = 'CannotRead';
}

const RESTRICTED = 'The browser lets no extension read this page.';
const NO_ACCESS =
  'Runnel may read a page only after you have pressed its button in the toolbar there. Press it on that page, then try again.';
const PDF = 'This page is a PDF, which Runnel cannot read. Select the text there, copy it and paste it here.';
const NO_PAGE = 'This is no page of text, so there is nothing to read.';
const EMPTY = 'There is no text on this page that can be read.';
const GONE = 'This tab is closed.';

/** The text of a tab's page (`url`: empty where it is not to be seen), at most `tokens` tokens of it. @throws CannotRead */
export async function readPage(
  pages: Pages,
  tab: Pick<TabInfo, 'id' | 'url'>,
  kind: 'page' | 'tab',
  tokens: number,
): Promise<ContextPart> {
  const page = await pages.take(tab.id).catch((error: unknown) => {
    throw new CannotRead(whyNot(String(error), tab.url));
  });
  if (/pdf/i.test(page.contentType)) throw new CannotRead(PDF);
  if (/^(image|video|audio)\//.test(page.contentType)) throw new CannotRead(NO_PAGE);
  const text = readableText(page.html);
  if (text === '') throw new CannotRead(EMPTY);
  return partOf(page, text, kind, tokens);
}

function partOf(page: TakenPage, text: string, kind: ContextPart['kind'], tokens: number): ContextPart {
  const cut = cutText(text, tokens).slice(0, MAX_PART);
  const url = /^https?:/.test(page.url) ? page.url.slice(0, 2000) : undefined;
  return {
    kind,
    title: (page.title.trim() || (url === undefined ? 'Page' : new URL(url).host)).slice(0, 300),
    ...(url === undefined ? {} : { url }),
    text: cut,
    // Of a page that is longer than what is ever taken nobody knows how long it is; it is longer than this.
    ...(cut.length < text.length || page.isCut ? { fullLength: Math.max(text.length, cut.length + 1) } : {}),
  };
}

/** By the browsers' own words; they give no codes. `url` is empty where it is not to be seen. */
function whyNot(message: string, url: string): string {
  if (/no tab with id|invalid tab id/i.test(message)) return GONE;
  if (url !== '' && !/^https?:/.test(url)) return RESTRICTED;
  if (/must request permission|missing host permission/i.test(message)) return NO_ACCESS;
  return RESTRICTED;
}
