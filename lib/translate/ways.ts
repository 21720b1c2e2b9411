// The ways to show one translation: each has its own places for the same segments.
import type { Show } from '../protocol/page.ts';
import { type Anchor, anchorAround, findAnchor } from './anchor.ts';
import type { PlaceBelow } from './below.ts';
import type { Blocks } from './blocks.ts';
import type { CollectedSegment } from './collect.ts';

export interface Way {
  /** `field`: the text goes into a field of the page. */
  shown: Show | 'field';
  segments: CollectedSegment[];
  blocks: Blocks;
  anchor: Anchor;
}

/** Stands in for the page's blocks where nothing is written into them. */
export const NO_BLOCKS: Blocks = { of: () => ({ claim() {} }) };

/** Undefined for no segments, and for below where `placeBelow` is not there. */
export function findWay(
  shown: Show,
  collected: CollectedSegment[],
  page: Blocks,
  placeBelow: PlaceBelow | undefined,
): Way | undefined {
  const anchor = findAnchor(collected);
  if (!anchor) return undefined;
  if (shown === 'in-place') return { shown, segments: collected, blocks: page, anchor };
  if (shown === 'bubble') {
    const segments = collected.map((segment) => ({
      ...segment,
      pieces: [],
      marks: [],
      source: segment,
    }));
    return { shown, segments, blocks: NO_BLOCKS, anchor };
  }
  if (!placeBelow) return undefined;
  const { segments, blocks } = placeBelow(collected, page);
  const last = segments.at(-1);
  const boxOf = () => {
    const at = last?.block.isConnected ? last.block : last?.source?.block;
    return at?.getBoundingClientRect() ?? new DOMRect();
  };
  return { shown, segments, blocks, anchor: anchorAround(boxOf) };
}
