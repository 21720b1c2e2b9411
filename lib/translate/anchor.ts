// The first and last line of a translated selection, wherever scrolling has moved them. Measured against the blocks, because
// the lines themselves change while text is written.
import type { CollectedSegment } from './collect.ts';

interface Line {
  top: number;
  right: number;
  bottom: number;
}

export interface Anchor {
  /** Now, in CSS pixels of the viewport. */
  lines(): { first: Line; last: Line };
}

/** Measures once, before anything is written; undefined for no segments. */
export function findAnchor(segments: CollectedSegment[], ranges: Range[]): Anchor | undefined {
  const firstBlock = segments[0]?.block;
  const lastSegment = segments.at(-1);
  if (!firstBlock || !lastSegment) return undefined;
  const lastBlock = lastSegment.block;
  const rects = ranges.flatMap((range) => [...(range.getClientRects?.() ?? [])]);
  const topBox = firstBlock.getBoundingClientRect();
  const endBox = lastBlock.getBoundingClientRect();
  const firstLine = rects.at(0) ?? topBox;
  const lastLine = rects.at(-1) ?? endBox;
  const toTop = firstLine.top - topBox.top;
  const toRight = lastLine.right - endBox.right;
  // A selection that ends with its block follows the block's end when the translation is shorter or longer.
  const endsBlock = !lastSegment.pieces.flat().some((place) => /\S/.test(place.suffix));
  const toEnd = endsBlock ? 0 : lastLine.bottom - endBox.top;
  return {
    lines() {
      const start = firstBlock.getBoundingClientRect();
      const end = lastBlock.getBoundingClientRect();
      const top = start.top + toTop;
      const bottom = endsBlock ? end.bottom : end.top + toEnd;
      const right = end.right + toRight;
      return { first: { top, right, bottom: top }, last: { top: bottom, right, bottom } };
    },
  };
}
