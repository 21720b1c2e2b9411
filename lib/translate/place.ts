// Where the control stands: at the end of the selection's last line, in view, off the selected text if there is room.

interface Box {
  top: number;
  right: number;
  bottom: number;
}

export interface Spot {
  left: number;
  top: number;
}

const GAP = 6;
const MARGIN = 8;

/** All in CSS pixels of the viewport. `first` and `last` are the first and last line of the selection. */
export function placeControl(
  first: Box,
  last: Box,
  size: { width: number; height: number },
  viewport: { width: number; height: number },
): Spot {
  const lowest = viewport.height - size.height - MARGIN;
  const left = Math.max(MARGIN, Math.min(last.right - size.width, viewport.width - size.width - MARGIN));
  const below = last.bottom + GAP;
  if (below >= MARGIN && below <= lowest) return { left, top: below };
  const above = first.top - GAP - size.height;
  if (above >= MARGIN && above <= lowest) return { left, top: above };
  return {
    left: viewport.width - size.width - MARGIN,
    top: Math.max(MARGIN, below < MARGIN ? MARGIN : lowest),
  };
}
