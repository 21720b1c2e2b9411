// The ends of a translated selection, wherever scrolling has moved them. Measured against their blocks, because the lines
// themselves change while text is written.
import type { CollectedSegment } from './collect.ts';

/** In CSS pixels of the viewport. */
export interface Ends {
  /** Top of the first line. */
  top: number;
  /** The last line. */
  last: { left: number; top: number; right: number; bottom: number };
  /** The sides of the block around the last line, where the line has nothing but blank space beside it. */
  free: { left: number; right: number } | undefined;
}

export interface Anchor {
  /** Where the ends are now. */
  ends(): Ends;
  /** Looks again where text stands in its blocks; not for while it streams. */
  measure(): void;
}

/** Around a box that keeps no lines: a field. */
export function anchorAround(boxNow: () => DOMRect): Anchor {
  return {
    ends() {
      const { top, left, right, bottom } = boxNow();
      return { top, last: { top, left, right, bottom }, free: undefined };
    },
    measure() {},
  };
}

/** Undefined for no segments. */
export function findAnchor(segments: CollectedSegment[]): Anchor | undefined {
  const first = segments[0];
  const last = segments.at(-1);
  if (!first || !last) return undefined;
  // Lines that run downwards leave their room below, not beside.
  if (isVertical(last.block)) return anchorAround(() => last.block.getBoundingClientRect());
  const endsBlock = !last.pieces.flat().some((place) => /\S/.test(place.suffix));
  const boxOf = ({ block }: CollectedSegment) => block.getBoundingClientRect();
  const measured = () => {
    const line = lastLine(last);
    const box = boxOf(last);
    return {
      direction: directionOf(last.block),
      top: (linesOf(first)[0]?.top ?? boxOf(first).top) - boxOf(first).top,
      // Against the block's lower edge: the block may end higher or lower than it did.
      last: {
        top: line.top - box.bottom,
        bottom: line.bottom - box.bottom,
        left: line.left - box.left,
        right: line.right - box.left,
      },
    };
  };
  let known = measured();
  return {
    measure() {
      known = measured();
    },
    ends() {
      const { left, right, bottom } = boxOf(last);
      const line = known.last;
      return {
        top: boxOf(first).top + known.top,
        last: {
          top: bottom + line.top,
          bottom: bottom + line.bottom,
          left: left + line.left,
          right: left + line.right,
        },
        // A block that has turned around since fills the other side.
        free: endsBlock && directionOf(last.block) === known.direction ? { left, right } : undefined,
      };
    },
  };
}

function directionOf(element: Element): string {
  return getComputedStyle(element).direction;
}

function isVertical(element: Element): boolean {
  return /^(vertical|sideways)/.test(getComputedStyle(element).writingMode ?? '');
}

/** The boxes of a segment's text; none where there is no layout, or no text. */
function linesOf({ pieces }: CollectedSegment): DOMRect[] {
  return pieces.flatMap(([place]) => {
    const range = place?.node.ownerDocument.createRange();
    if (!place || !range) return [];
    range.selectNodeContents(place.node);
    range.setEnd(place.node, place.node.length - place.suffix.length);
    return [...(range.getClientRects?.() ?? [])];
  });
}

function lastLine(segment: CollectedSegment): Ends['last'] {
  const boxes = linesOf(segment);
  const block = segment.block.getBoundingClientRect();
  const { top, bottom } = boxes.at(-1) ?? { top: block.bottom, bottom: block.bottom };
  const line = boxes.filter((box) => box.bottom > top && box.top < bottom);
  return {
    top,
    bottom,
    left: Math.min(block.right, ...line.map((box) => box.left)),
    right: Math.max(block.left, ...line.map((box) => box.right)),
  };
}
