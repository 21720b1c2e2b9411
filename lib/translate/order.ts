// What is on screen is translated first.
import type { CollectedSegment } from './collect.ts';

/** Segments in view, then those below, then those above; each in reading order. */
export function orderBySight(segments: CollectedSegment[], view: Window): CollectedSegment[] {
  const rankOf = (segment: CollectedSegment): number => {
    const box = segment.block.getBoundingClientRect();
    if (box.top > view.innerHeight) return 1;
    return box.bottom < 0 ? 2 : 0;
  };
  return segments
    .map((segment) => ({ segment, rank: rankOf(segment) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ segment }) => segment);
}
