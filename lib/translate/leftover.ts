// What a page script still does when its extension was updated, switched off or removed under it. The new version's script runs in a world
// of its own, so the two share nothing but the document, and speak by its events. Only a script without an extension heeds them: a page
// that sends them undoes no more than it could by itself.
const GESTURE = 'runnel-gesture';
const RESTORE = 'runnel-restore';

/** An extension that goes takes its ports first and its id some milliseconds later (20 were measured). */
const LOOK_AGAIN_MS = [60, 600, 3000];

export interface Leftover {
  isDead(): boolean;
  /** A newer script translates the selection. */
  yieldSelection(): void;
  /** A newer script puts the originals back. */
  restore(): void;
}

export function heedSuccessors(document: Document, leftover: Leftover): void {
  document.addEventListener(GESTURE, () => {
    if (leftover.isDead()) leftover.yieldSelection();
  });
  document.addEventListener(RESTORE, () => {
    if (leftover.isDead()) leftover.restore();
  });
}

const tell = (document: Document, word: string) => document.dispatchEvent(new Event(word));
export const tellOfGesture = (document: Document) => tell(document, GESTURE);
export const tellOfRestore = (document: Document) => tell(document, RESTORE);

interface Openable extends Element {
  /** Firefox gives it to extensions. */
  openOrClosedShadowRoot?: ShadowRoot | null;
}

/**
 * Firefox ends a page script with its extension, in the middle of a word: nobody is left to heed the next one, which cleans up as far as
 * it can. For the first script of a version, before it has work of its own in the page.
 */
export function clearAbandoned(document: Document): void {
  for (const element of document.querySelectorAll<Openable>(':root > *, dialog > *'))
    if (element.openOrClosedShadowRoot?.querySelector('[aria-label^=Runnel]')) element.remove();
  for (const block of document.querySelectorAll('[data-runnel=waiting]'))
    block.removeAttribute('data-runnel');
  for (const block of document.querySelectorAll('[data-runnel=streaming]'))
    block.setAttribute('data-runnel', 'partial');
}

/** Calls `look` a few times: is it only the worker that has gone, or the whole extension? */
export function lookAgain(view: Window, look: () => void): void {
  for (const ms of LOOK_AGAIN_MS) view.setTimeout(look, ms);
}
