// A segment of a run: where it stands, and how that looks in the page.
import type { SegmentState } from '../protocol/contract.ts';
import type { Block, Blocks, WrittenLanguage } from './blocks.ts';
import type { CollectedSegment } from './collect.ts';
import { type Dim, findDim } from './dim.ts';
import { createSegmentWriter, type Restored, type SegmentWriter } from './writer.ts';

/** `original`: shows nothing of ours. */
export type ItemState = SegmentState | 'original';

export interface Item {
  segment: CollectedSegment;
  writer: SegmentWriter;
  block: Block;
  state: ItemState;
  /** In the wanted language already: nothing is written, nothing is missing. */
  isKept: boolean;
  /** All that came for it, marks too: enough to write it once more. */
  reply: string;
}

export function createItem(segment: CollectedSegment, blocks: Blocks): Item {
  return {
    segment,
    writer: createSegmentWriter(segment, findDimFor(segment)),
    block: blocks.of(segment.block),
    state: 'original',
    isKept: false,
    reply: '',
  };
}

export function isFinished({ state, isKept }: Item): boolean {
  return state === 'done' || isKept;
}

/** The style sheet that dims reaches neither into shadow trees nor drawings; there the rest of an original goes as its translation begins. */
function findDimFor({ block, pieces }: CollectedSegment): Dim | undefined {
  const document = block.ownerDocument;
  const isReached =
    block instanceof HTMLElement && pieces.flat().every(({ node }) => node.getRootNode() === document);
  return isReached ? findDim(document) : undefined;
}

export function isUnderWay(state: ItemState): boolean {
  return state === 'waiting' || state === 'streaming';
}

/** Brings the page to where the item is. Height is held before text goes, and let go after text has come. */
export function showItem(item: Item, written: WrittenLanguage | undefined): void {
  const { writer, block, segment, state } = item;
  const language = segment.isMostOfBlock ? written : undefined;
  if (state === 'original') putBack(item);
  else if (state === 'waiting') block.claim(segment, { state });
  else if (state === 'failed') {
    writer.restore();
    block.claim(segment, { state });
  } else {
    if (state === 'streaming') block.claim(segment, { state, language });
    writer.flush();
    if (writer.isGone) block.claim(segment, undefined);
    else if (state !== 'streaming') block.claim(segment, { state, language });
  }
}

export function putBack(item: Item): Restored {
  item.state = 'original';
  const result = item.writer.restore();
  item.block.claim(item.segment, undefined);
  return result;
}

export function putAllBack(items: Item[]): Restored {
  const sum: Restored = { restored: 0, changed: 0 };
  for (const item of items) {
    const one = putBack(item);
    sum.restored += one.restored;
    sum.changed += one.changed;
  }
  return sum;
}

/** How many blocks lost their formatting. */
export function plainBlocks(items: Item[]): number {
  const plain = items.filter(
    ({ state, writer }) => (state === 'done' || state === 'partial') && writer.isPlain,
  );
  return new Set(plain.map(({ block }) => block)).size;
}

export function isTouched(item: Item, range: Range): boolean {
  return nodesOf(item).some((node) => range.intersectsNode(node));
}

/** Puts the item back and widens the ranges to hold all of its text. */
export function releaseItem(item: Item, ranges: Range[]): void {
  // Before, because changed text would move the ends of a range that stand in it; after, because elements have changed places.
  for (const range of ranges) widenToHold(item, range);
  putBack(item);
  for (const range of ranges) widenToHold(item, range);
}

function widenToHold(item: Item, range: Range): void {
  for (const node of nodesOf(item)) {
    // Another tree's nodes are no part of it.
    if (node.getRootNode() !== range.startContainer.getRootNode()) continue;
    if (range.comparePoint(node, 0) < 0) range.setStartBefore(node);
    if (range.comparePoint(node, node.length) > 0) range.setEndAfter(node);
  }
}

function nodesOf(item: Item): Text[] {
  return item.segment.pieces.flat().map((place) => place.node);
}
