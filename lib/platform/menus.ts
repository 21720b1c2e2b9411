// The context menu. Where text is selected exactly one item of ours is visible: with two, browsers fold them into a submenu.
import { say, wordsLanguage } from '../words/say.ts';
import { browser } from './browser.ts';
import { readSession, readStored, writeSession, writeStored } from './storage.ts';

export const MENU = {
  translate: 'translate-selection',
  original: 'show-original',
  panel: 'open-side-panel',
} as const;

/** The language that the items are in, for the browser keeps them when its own language changes. */
const LANGUAGE = 'menu-language';

/** Creates the lasting items; called once per installation, the browser keeps them. */
export async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: MENU.translate, title: say('menuTranslate'), contexts: ['selection'] });
  browser.contextMenus.create({ id: MENU.panel, title: say('openPanel'), contexts: ['page', 'action'] });
  await writeStored(LANGUAGE, wordsLanguage());
}

/** Called whenever the worker starts: where the words are in another language than the items, they are written anew. */
export async function nameMenus(): Promise<void> {
  const noted = await readStored(LANGUAGE);
  // Nothing noted: they are being made, in the language of today.
  if (noted === undefined || noted === wordsLanguage()) return;
  const rename = (id: string, title: string) => browser.contextMenus.update(id, { title }).catch(() => {});
  await rename(MENU.translate, say('menuTranslate'));
  await rename(MENU.panel, say('openPanel'));
  // Only there where a page holds a translation.
  await rename(MENU.original, say('menuOriginal'));
  await writeStored(LANGUAGE, wordsLanguage());
}

const TRANSLATED = 'translated-pages';
const MAX_PAGES = 50;

/** Offers "Show original" on a page from now on. By its URL, so that no tab need be watched. */
export async function offerOriginal(pageUrl: string): Promise<void> {
  const pages = await translatedPages();
  const pattern = findPattern(pageUrl);
  if (!pattern || pages.includes(pattern)) return;
  await setPages([...pages, pattern].slice(-MAX_PAGES));
}

export async function withdrawOriginal(pageUrl: string): Promise<void> {
  const pattern = findPattern(pageUrl);
  await setPages((await translatedPages()).filter((page) => page !== pattern));
}

/** After a restart no page holds a translation; the browser has kept the item all the same. */
export async function forgetTranslatedPages(): Promise<void> {
  await setPages([]);
}

async function translatedPages(): Promise<string[]> {
  return ((await readSession(TRANSLATED)) as string[] | undefined) ?? [];
}

async function setPages(pages: string[]): Promise<void> {
  await writeSession(TRANSLATED, pages);
  // Made and removed, not shown and hidden: a hidden item still counts when the browser decides on a submenu.
  await browser.contextMenus.remove(MENU.original).catch(() => {});
  if (pages.length === 0) return;
  browser.contextMenus.create({
    id: MENU.original,
    title: say('menuOriginal'),
    contexts: ['page'],
    documentUrlPatterns: pages,
  });
}

/** Match patterns know neither ports nor fragments. */
function findPattern(pageUrl: string): string | undefined {
  const url = URL.canParse(pageUrl) ? new URL(pageUrl) : undefined;
  if (!url || !['http:', 'https:', 'file:'].includes(url.protocol)) return undefined;
  return `${url.protocol}//${url.hostname}${url.pathname}*`;
}
