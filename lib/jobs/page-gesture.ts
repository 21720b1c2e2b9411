// A gesture that asks for a translation in a page, from the menu, the shortcut or a button of ours.
import { toTrouble } from '../engine/errors.ts';
import type { Grants } from './grants.ts';

export interface Gesture {
  tabId: number;
  windowId: number | undefined;
  frameId: number;
  /** What the browser says is selected; the only text there is where no script may run. */
  selectionText: string | undefined;
}

export interface GestureDeps {
  grants: Grants;
  inject(tabId: number, frameId: number): Promise<{ outcome: unknown; documentId: string | undefined }>;
  /** Translates a text in the chat instead, and shows it. */
  translateAside(text: string, windowId: number | undefined): Promise<void>;
  /** Says on the toolbar button that nothing was done, and why. */
  showCannotRun(tabId: number, why: string): Promise<void>;
}

/** The most text one gesture may send. */
const MAX_CHARS = 100_000;

/** Injects the page script with a grant. Where no script may run, the selected text is translated aside. */
export async function translateInPage(deps: GestureDeps, gesture: Gesture): Promise<void> {
  const { tabId, frameId } = gesture;
  const injected = deps.inject(tabId, frameId);
  deps.grants.mint(
    { tabId, frameId, maxChars: MAX_CHARS },
    injected.then(({ documentId }) => documentId),
  );
  const outcome = await injected.then(
    (injection) => injection.outcome,
    () => 'refused',
  );
  if (outcome === 'started') return;
  deps.grants.revoke(gesture);
  const text = gesture.selectionText?.trim();
  try {
    if (text) await deps.translateAside(text.slice(0, MAX_CHARS), gesture.windowId);
    else await deps.showCannotRun(tabId, 'Runnel cannot run on this page');
  } catch (error) {
    // The tab may be closed by now.
    await deps.showCannotRun(tabId, `Runnel: ${toTrouble(error).message}`).catch(() => {});
  }
}
