// Reaching into the page of a tab. Works only under activeTab: after a gesture of the user on that tab.
import { browser } from './browser.ts';

const SCRIPT = '/content-scripts/page.js';
const STYLE = '/content-scripts/page.css';

export interface Injection {
  outcome: unknown;
  /** The document the script ran in; undefined where the browser does not tell. */
  documentId: string | undefined;
}

/** Runs the page script in a frame. Rejects where the browser lets no extension in: stores, viewers, its own pages. */
export async function injectPageScript(tabId: number, frameId: number): Promise<Injection> {
  const target = { tabId, frameIds: [frameId] };
  const [, results] = await Promise.all([
    browser.scripting.insertCSS({ target, files: [STYLE] }),
    browser.scripting.executeScript({ target, files: [SCRIPT] }),
  ]);
  const result = results[0] as { result?: unknown; documentId?: string } | undefined;
  return { outcome: result?.result, documentId: result?.documentId };
}

/** Puts the original text back in every frame of a tab. */
export async function restorePage(tabId: number): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId, allFrames: true },
    // Runs in the page script's world; where that script never ran there is nothing to restore.
    func: () => (globalThis as { runnelPage?: { restore(): void } }).runnelPage?.restore(),
  });
}

/** The active tab of the window in front, and the text selected in it; undefined where there is none or none may be read. */
export async function findSelection(): Promise<{ tabId: number; text: string } | undefined> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  if (tab?.id === undefined) return undefined;
  try {
    const [result] = await browser.scripting.executeScript({
      target: { tabId: tab.id },
      func: () => String(getSelection()).slice(0, 20_000),
    });
    const text = typeof result?.result === 'string' ? result.result.trim() : '';
    return text === '' ? undefined : { tabId: tab.id, text };
  } catch {
    return undefined;
  }
}
