// A tab → its readable text, as a part of a question; or why not, in words for a person.
import type { ContextPart } from '../protocol/attachments.ts';
import { MAX_PART } from '../protocol/attachments.ts';
import { say } from '../words/say.ts';
import { cutText } from './cut-text.ts';
import type { Pages, TabInfo, TakenPage } from './page-types.ts';
import { readableText } from './readable-text.ts';

/** Its message is a sentence for a person. */
export class CannotRead extends Error {
  override name = 'CannotRead';
}

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
  if (/pdf/i.test(page.contentType)) throw new CannotRead(say('pagePdf'));
  if (/^(image|video|audio)\//.test(page.contentType)) throw new CannotRead(say('pageNotText'));
  const text = readableText(page.html);
  if (text === '') throw new CannotRead(say('pageEmpty'));
  return partOf(page, text, kind, tokens);
}

function partOf(page: TakenPage, text: string, kind: ContextPart['kind'], tokens: number): ContextPart {
  const cut = cutText(text, tokens).slice(0, MAX_PART);
  const url = /^https?:/.test(page.url) ? page.url.slice(0, 2000) : undefined;
  return {
    kind,
    title: (page.title.trim() || (url === undefined ? say('page') : new URL(url).host)).slice(0, 300),
    ...(url === undefined ? {} : { url }),
    text: cut,
    // Of a page that is longer than what is ever taken nobody knows how long it is; it is longer than this.
    ...(cut.length < text.length || page.isCut ? { fullLength: Math.max(text.length, cut.length + 1) } : {}),
  };
}

/** By the browsers' own words; they give no codes. `url` is empty where it is not to be seen. */
function whyNot(message: string, url: string): string {
  if (/no tab with id|invalid tab id/i.test(message)) return say('tabGone');
  if (url !== '' && !/^https?:/.test(url)) return say('pageRestricted');
  if (/must request permission|missing host permission/i.test(message)) return say('pageNoAccess');
  return say('pageRestricted');
}
