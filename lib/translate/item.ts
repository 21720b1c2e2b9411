// A segment of a run: where it stands, and how that looks in the page.
import type { Segment, SegmentEvent, SegmentState } from '../protocol/contract.ts';
import { borrowTongue, type Tongue } from './attribute.ts';
import { type Block, type Blocks, LANGUAGE_ATTRIBUTES, type WrittenLanguage } from './blocks.ts';
import type { CollectedSegment } from './collect.ts';
import { type Dim, findDim } from './dim.ts';
import { createSegmentWriter, type SegmentWriter } from './writer.ts';
import type { Restored } from './written.ts';

/** `original`: shows nothing of ours. */
export type ItemState = SegmentState | 'original';

type ItemEvent = Extract<SegmentEvent, { type: 'segment' }>;

export interface Item {
  segment: CollectedSegment;
  writer: SegmentWriter;
  block: Block;
  /** Of elements inside the line that say which language their words are in. */
  tongues: Tongue[];
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
    tongues: segment.marks.flatMap(({ node, isCut }, index) => {
      const names = LANGUAGE_ATTRIBUTES.filter((name) => node.hasAttribute(name));
      // A void mark's words stay.
      const isWritten = !isCut && segment.text.includes(`</${segment.firstMark + index}>`);
      return isWritten && names.length > 0 ? [borrowTongue(node, names)] : [];
    }),
    state: 'original',
    isKept: false,
    reply: '',
  };
}

/** Puts items back; returns them as they were, by the ids of their segments. */
export function setAside(items: readonly Item[]): Map<number, Item> {
  const before = new Map(items.map((item) => [item.segment.id, { ...item }]));
  for (const item of items) putBack(item);
  return before;
}

/** The same translation in another place: what came for it is written there. */
export function moveItem(item: Item, segment: CollectedSegment, blocks: Blocks): Item {
  const { state, isKept, reply } = item;
  const moved = { ...createItem(segment, blocks), isKept, reply };
  rewriteItem(moved, state);
  return moved;
}

/** Writes once more what came for an item that was put back, as it was; nothing shows yet. */
export function rewriteItem(item: Item, state: ItemState): void {
  item.state = state;
  item.writer.feed(item.reply);
  if (!isUnderWay(state)) item.writer.end(state === 'done');
}

/** As much as the worker takes; an answer of that length has lost its way anyhow. */
const MAX_BEGUN = 40_000;

/** Back to its beginning, or where it `mayGoOn` to what has come of a part of it. */
export function restartItem(item: Item, mayGoOn: boolean): void {
  const goesOn = mayGoOn && item.state === 'partial' && item.reply.length <= MAX_BEGUN;
  item.isKept = false;
  item.writer.restore();
  if (goesOn) item.writer.feed(item.reply);
  else item.reply = '';
  item.state = goesOn ? 'streaming' : 'waiting';
}

/** Takes what the worker says of an item that is under way; nothing shows yet. True where its state is another now. */
export function takeEvent(item: Item, { text, state, isKept }: ItemEvent): boolean {
  const before = item.state;
  // A segment that goes back to waiting is asked for again from its start.
  if (state === 'waiting') restartItem(item, false);
  if (text) {
    item.reply += text;
    item.writer.feed(text);
  }
  if (isKept) {
    item.isKept = true;
    item.state = 'original';
  } else if (state && !isUnderWay(state)) endItem(item, state);
  else item.state = item.writer.hasText ? 'streaming' : 'waiting';
  return item.state !== before;
}

/** As many characters on each side. */
const MOST_CONTEXT = 200;

/** The words beside the first and the last that are selected, in the same nodes; empty where there are none. */
function contextOf({ pieces }: CollectedSegment): string {
  const before = pieces[0]?.[0]?.prefix.slice(-MOST_CONTEXT) ?? '';
  const after = pieces.at(-1)?.at(-1)?.suffix.slice(0, MOST_CONTEXT) ?? '';
  return /\p{L}/u.test(before + after) ? `${before}[…]${after}` : '';
}

/** What is sent of items: with what has come of them, where the answer is to go on. */
export function toSend(items: readonly Item[]): Segment[] {
  return items.map(({ segment, reply }) => {
    const { id, text } = segment;
    const context = contextOf(segment.source ?? segment);
    return { id, text, context: context || undefined, begun: reply || undefined };
  });
}

/** Ends it as `state`, or as failed where nothing came that could be shown. */
export function endItem(item: Item, state: ItemState): void {
  item.writer.end(state === 'done');
  const isLost = (state === 'done' || state === 'partial') && !item.writer.hasText;
  item.state = isLost ? 'failed' : state;
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

/** Something of ours stands in the page for it, if only the mark of a failure. */
export function isShown({ state }: Item): boolean {
  return state !== 'original';
}

export function isUnderWay(state: ItemState): boolean {
  return state === 'waiting' || state === 'streaming';
}

/** Its translation stands in the page, or as much of it as came. */
export function isWritten({ state }: Item): boolean {
  return state === 'done' || state === 'partial';
}

/** Asked for, and neither whole nor as it was. */
export function isHalfDone({ state }: Item): boolean {
  return state === 'failed' || state === 'partial';
}

/** Brings the page to where the item is. Height is held before text goes, and let go after text has come. */
export function showItem(item: Item, written: WrittenLanguage | undefined): void {
  const { writer, block, segment, state } = item;
  const language = segment.isMostOfBlock ? written : undefined;
  if (state === 'original') putBack(item);
  else if (state === 'waiting') block.claim(segment, { state });
  else if (state === 'failed') {
    writer.restore();
    speak(item);
    block.claim(segment, { state });
  } else {
    speak(item, written);
    if (state === 'streaming') block.claim(segment, { state, language });
    writer.flush();
    if (writer.isGone) block.claim(segment, undefined);
    else if (state !== 'streaming') block.claim(segment, { state, language });
  }
}

function speak({ tongues }: Item, language?: WrittenLanguage): void {
  for (const tongue of tongues) tongue(language);
}

export function putBack(item: Item): Restored {
  item.state = 'original';
  speak(item);
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
