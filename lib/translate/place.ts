// Where the control stands: at the end of the selection's last line, in view, off the selected text if there is room.
import type { Ends } from './anchor.ts';

export interface Size {
  width: number;
  height: number;
}

export interface Spot {
  left: number;
  top: number;
}

const GAP = 6;
/** Left free on the last line, for a translation that is longer. */
const ROOM = 64;
const MARGIN = 8;
/** A line is lower than the control; it hangs into the space below, not into the line above. */
const RISE = 3;

/** All in CSS pixels of the viewport. */
export function placeControl({ top, last, free }: Ends, size: Size, viewport: Size): Spot {
  const lowest = viewport.height - size.height - MARGIN;
  const farthest = viewport.width - size.width - MARGIN;
  const isInView = (at: number) => at >= MARGIN && at <= lowest;
  if (free && isInView(last.top - RISE)) {
    // On the empty rest of the line; right-to-left text leaves it on the left.
    const right = Math.min(free.right - size.width, farthest, last.right + ROOM);
    if (right >= last.right + 2 * GAP) return { left: right, top: last.top - RISE };
    const left = Math.max(free.left, MARGIN, last.left - ROOM - size.width);
    if (left + size.width <= last.left - 2 * GAP) return { left, top: last.top - RISE };
  }
  const left = Math.max(MARGIN, Math.min(last.right - size.width, farthest));
  const below = last.bottom + GAP;
  const above = top - GAP - size.height;
  if (isInView(below)) return { left, top: below };
  if (isInView(above)) return { left, top: above };
  return { left: farthest, top: below < MARGIN ? MARGIN : lowest };
}
