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

export const tellOfGesture = (document: Document) => document.dispatchEvent(new Event(GESTURE));
export const tellOfRestore = (document: Document) => document.dispatchEvent(new Event(RESTORE));

/** Calls `look` a few times: is it only the worker that has gone, or the whole extension? */
export function lookAgain(view: Window, look: () => void): void {
  for (const ms of LOOK_AGAIN_MS) view.setTimeout(look, ms);
}

/** The selection's own ranges: what is done to them is done to the selection. */
export function selectedRanges(document: Document): Range[] {
  const selection = document.getSelection();
  if (!selection) return [];
  return Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
}
