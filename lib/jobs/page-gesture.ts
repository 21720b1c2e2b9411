// A gesture that asks for a translation in a page, from the menu, the shortcut or a button of ours.
import { toTrouble } from '../engine/errors.ts';
import type { PagePart } from '../protocol/page.ts';
import { say } from '../words/say.ts';
import { titleFor } from '../words/titles.ts';
import type { Grants } from './grants.ts';

export interface Gesture {
  tabId: number;
  windowId: number | undefined;
  frameId: number;
  /** What the browser says is selected; the only text there is where no script may run. */
  selectionText: string | undefined;
}

interface Injection {
  outcome: unknown;
  documentId: string | undefined;
}

export interface GestureDeps {
  grants: Grants;
  /** Runs the page script in a frame; `text` is what it is to translate in place of the selection. Rejects where none may run. */
  inject(tabId: number, frameId: number, text: string | undefined): Promise<Injection>;
  /** Brings a part of it, and has it translate once more. Both reject as above. */
  injectPart(tabId: number, frameId: number, part: PagePart): Promise<void>;
  translateAgain(tabId: number, frameId: number): Promise<Injection>;
  /** A frame beside the top one in which something is selected. */
  findSelectedFrame(tabId: number): Promise<number | undefined>;
  /** Translates a text in the chat instead, and shows it. */
  translateAside(text: string, windowId: number | undefined): Promise<void>;
  /** Says on the toolbar button that nothing was done, and why. */
  showCannotRun(tabId: number, why: string): Promise<void>;
}

/** The most text one gesture may send. */
const MAX_CHARS = 100_000;

/** Injects the page script with a grant. Where no script may run, the selected text is translated aside. */
export async function translateInPage(deps: GestureDeps, gesture: Gesture): Promise<void> {
  const { tabId, windowId } = gesture;
  const text = gesture.selectionText?.trim().slice(0, MAX_CHARS) || undefined;
  const outcome = await translateWhereOneMay(deps, gesture, text);
  if (outcome === 'started') return;
  try {
    if (text) await deps.translateAside(text, windowId);
    else await deps.showCannotRun(tabId, wordsFor(outcome));
  } catch (error) {
    // The tab may be closed by now.
    await deps.showCannotRun(tabId, `Runnel: ${titleFor(toTrouble(error), undefined)}`).catch(() => {});
  }
}

/** A shortcut that is pressed twice finds nothing selected the second time. */
function wordsFor(outcome: unknown): string {
  return say(outcome === 'no-selection' ? 'badgeSelect' : 'badgeCannotRun');
}

/** Resolves with `started` where a translation has begun somewhere in the tab, else with what became of the gesture's own frame. */
async function translateWhereOneMay(
  deps: GestureDeps,
  { tabId, frameId }: Gesture,
  text: string | undefined,
): Promise<unknown> {
  const outcome = await translateIn(deps, { tabId, frameId }, undefined);
  // A frame of another origin, which the gesture does not open: its text is shown in a box at the top.
  if (outcome === 'refused' && frameId !== 0 && text) return translateIn(deps, { tabId, frameId: 0 }, text);
  // A shortcut does not say in which frame something is selected.
  if (outcome === 'no-selection' && frameId === 0 && !text) {
    const other = await deps.findSelectedFrame(tabId).catch(() => undefined);
    if (other !== undefined) return translateIn(deps, { tabId, frameId: other }, undefined);
  }
  return outcome;
}

/** Resolves with the page script's outcome; `refused` where it may not run. Without `started` the grant is gone again. */
async function translateIn(
  deps: GestureDeps,
  frame: { tabId: number; frameId: number },
  text: string | undefined,
): Promise<unknown> {
  const { tabId, frameId } = frame;
  const injected = deps.inject(tabId, frameId, text);
  deps.grants.mint(
    { ...frame, maxChars: MAX_CHARS },
    injected.then(({ documentId }) => documentId),
  );
  const outcome = await injected
    .then((injection) => bringParts(deps, frame, injection))
    .catch(() => 'refused');
  if (outcome !== 'started') deps.grants.revoke(frame);
  return outcome;
}

const PARTS: readonly PagePart[] = ['field', 'below', 'aids'];

/** Brings what the page script says it needs, each part once; resolves with its outcome then. */
async function bringParts(
  deps: GestureDeps,
  { tabId, frameId }: { tabId: number; frameId: number },
  first: Injection,
): Promise<unknown> {
  let { outcome } = first;
  const brought = new Set<PagePart>();
  for (;;) {
    const part = PARTS.find((one) => outcome === `needs-${one}`);
    if (!part) return outcome;
    if (brought.has(part)) return 'refused';
    brought.add(part);
    await deps.injectPart(tabId, frameId, part);
    const again = await deps.translateAgain(tabId, frameId);
    // The grant is the first document's.
    if (again.documentId !== first.documentId) return 'refused';
    outcome = again.outcome;
  }
}
