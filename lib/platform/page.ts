// Reaching into the page of a tab. Works only under activeTab: after a gesture of the user on that tab.
import type { PagePart, PageWishes, RunnelPage } from '../protocol/page.ts';
import { browser } from './native.ts';
import { putWishes } from './put-wishes.ts';

const SCRIPT = '/content-scripts/page.js';
const STYLE = '/content-scripts/page.css';
const PARTS: Record<PagePart, string> = {
  field: '/content-scripts/field.js',
  below: '/content-scripts/below.js',
  aids: '/content-scripts/aids.js',
};

export interface Injection {
  outcome: unknown;
  /** The document the script ran in; undefined where the browser does not tell. */
  documentId: string | undefined;
}

/** What the page script is to find when it runs; `leftAlone`: CSS selectors, of which those that are none are dropped. */
export type Wishes = Omit<PageWishes, 'leftAlone'> & { leftAlone: string[] };

/** Runs the page script in a frame. Rejects where the browser lets no extension in: stores, viewers, its own pages. */
export async function injectPageScript(tabId: number, frameId: number, wishes: Wishes): Promise<Injection> {
  const target = { tabId, frameIds: [frameId] };
  const styled = browser.scripting.insertCSS({ target, files: [STYLE] });
  const run = async () => {
    await browser.scripting.executeScript({ target, func: putWishes, args: [wishes] });
    return browser.scripting.executeScript({ target, files: [SCRIPT] });
  };
  const [results] = await Promise.all([run(), styled]);
  return readInjection(results);
}

/** Brings a part of the page script into its frame. Rejects like {@link injectPageScript}. */
export async function injectPart(tabId: number, frameId: number, part: PagePart): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [PARTS[part]] });
}

/** Has the page script that is in a frame translate once more. Rejects like {@link injectPageScript}. */
export async function translateAgain(tabId: number, frameId: number): Promise<Injection> {
  const func = () => (globalThis as unknown as PageWorld).runnelPage?.translate();
  const target = { tabId, frameIds: [frameId] };
  return readInjection(await browser.scripting.executeScript({ target, func }));
}

function readInjection([first]: readonly unknown[]): Injection {
  const result = first as { result?: unknown; documentId?: string } | undefined;
  return { outcome: result?.result, documentId: result?.documentId };
}

/** Where the page script runs; where it never ran there is nothing of ours. */
type PageWorld = { runnelPage?: RunnelPage };

/** Puts the original text back in every frame of a tab. */
export async function restorePage(tabId: number): Promise<void> {
  const func = () => (globalThis as unknown as PageWorld).runnelPage?.restore();
  await browser.scripting.executeScript({ target: { tabId, allFrames: true }, func });
}

/** Switches between originals and translations in every frame of a tab. */
export async function togglePage(tabId: number): Promise<void> {
  const func = () => (globalThis as unknown as PageWorld).runnelPage?.toggle();
  await browser.scripting.executeScript({ target: { tabId, allFrames: true }, func });
}

/** The URL of a tab's page; undefined where the browser does not tell. */
export async function findPageUrl(tabId: number): Promise<string | undefined> {
  return (await browser.tabs.get(tabId)).url;
}

/** The frame of a tab, beside its top one, in which something is selected; the one that has the focus, where several have. */
export async function findSelectedFrame(tabId: number): Promise<number | undefined> {
  const results = await browser.scripting.executeScript({
    target: { tabId, allFrames: true },
    // While our popup has the focus no page has it.
    func: () => {
      const field = document.activeElement as Partial<HTMLInputElement> | null;
      const isInField =
        typeof field?.selectionStart === 'number' && field.selectionStart !== field.selectionEnd;
      if (!isInField && String(getSelection()).trim() === '') return 0;
      return document.hasFocus() ? 2 : 1;
    },
  });
  const found = results.filter(({ frameId, result }) => frameId !== 0 && Number(result) > 0);
  return found.sort((a, b) => Number(b.result) - Number(a.result))[0]?.frameId;
}

/** A tab, the one in front where none is named, and the text selected in it; undefined where there is none or none may be read. */
export async function findSelection(named?: number): Promise<{ tabId: number; text: string } | undefined> {
  const tabId = named ?? (await browser.tabs.query({ active: true, lastFocusedWindow: true }))[0]?.id;
  if (tabId === undefined) return undefined;
  try {
    const [result] = await browser.scripting.executeScript({
      target: { tabId },
      func: () => String(getSelection()).slice(0, 20_000),
    });
    const text = typeof result?.result === 'string' ? result.result.trim() : '';
    return text === '' ? undefined : { tabId, text };
  } catch {
    return undefined;
  }
}
