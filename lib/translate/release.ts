// Gives text back to a gesture that is about it.
import type { CollectedSegment } from './collect.ts';
import { type Item, putBack } from './item.ts';

/** The range holds something of the item, or of what it was translated from. */
export function isTouched({ segment }: Item, range: Range): boolean {
  return [segment, segment.source ?? segment].flatMap(nodesOf).some((node) => range.intersectsNode(node));
}

/** Puts the item back and widens the ranges to hold all of its text. */
export function releaseItem(item: Item, ranges: Range[]): void {
  // Before, because changed text would move the ends of a range that stand in it; after, because elements have changed places.
  for (const range of ranges) widenToHold(item, range);
  putBack(item);
  for (const range of ranges) widenToHold(item, range);
}

function widenToHold(item: Item, range: Range): void {
  // Of a copy nothing is left then; its original is what is meant.
  for (const node of nodesOf(item.segment.source ?? item.segment)) {
    // Another tree's nodes are no part of it.
    if (node.getRootNode() !== range.startContainer.getRootNode()) continue;
    if (range.comparePoint(node, 0) < 0) range.setStartBefore(node);
    if (range.comparePoint(node, node.length) > 0) range.setEndAfter(node);
  }
}

function nodesOf({ pieces }: CollectedSegment): Text[] {
  return pieces.flat().map(({ node }) => node);
}
