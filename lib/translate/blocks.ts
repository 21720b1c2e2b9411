// The blocks of a page that carry a translation: their state for all to see, their language, their height while text streams.
// One table for the page, because several runs may write into one block.
import type { SegmentState } from '../protocol/contract.ts';
import { type BorrowedAttribute, borrowAttribute, borrowTongue, createHeldStyle } from './attribute.ts';
import type { BlockElement } from './collect.ts';

/** Seen by page styles and by people's tools; the one attribute of ours. */
const STATE_ATTRIBUTE = 'data-runnel';

export const LANGUAGE_ATTRIBUTES = ['lang', 'dir'];

export interface WrittenLanguage {
  tag: string;
  dir: 'ltr' | 'rtl';
  name: string;
}

/** What one segment says about its block; undefined once the segment shows nothing of ours. */
export interface Claim {
  state: SegmentState;
  /** Set once translated text stands in the block and is most of it. */
  language?: WrittenLanguage | undefined;
}

export interface Block {
  /** Replaces what `segment` claims; with undefined the claim ends, and with the last claim all traces do. */
  claim(segment: object, claim: Claim | undefined): void;
}

export interface Blocks {
  of(element: BlockElement): Block;
}

export function createBlocks(): Blocks {
  const blocks = new WeakMap<BlockElement, Block>();
  return {
    of(element) {
      const known = blocks.get(element);
      if (known) return known;
      const block = createBlock(element);
      blocks.set(element, block);
      return block;
    },
  };
}

function createBlock(element: BlockElement): Block {
  const claims = new Map<object, Claim>();
  const state = borrowAttribute(element, STATE_ATTRIBUTE);
  const speak = borrowTongue(element, LANGUAGE_ATTRIBUTES);
  const style = createHeldStyle(element);
  let dir: string | undefined;

  const show = (): void => {
    const all = [...claims.values()];
    const joint = findJointState(all.map((claim) => claim.state));
    // Where a translation was cut off, the rest of the original stays dimmed.
    const ink = all.some((claim) => claim.state === 'streaming' || claim.state === 'partial');
    style.hold({ height: joint === 'streaming', ink });
    if (joint) state.write(joint);
    else state.restore();
    const language = all.find((claim) => claim.language)?.language;
    speak(language);
    if (language?.dir === dir) return;
    dir = language?.dir;
    turnWith(element, dir);
  };

  return {
    claim(segment, claim) {
      const before = claims.get(segment);
      // In every frame of a stream.
      if (before?.state === claim?.state && before?.language === claim?.language) return;
      if (claim) claims.set(segment, claim);
      else claims.delete(segment);
      show();
    },
  };
}

const turned = new WeakMap<Element, BorrowedAttribute>();

/** Bullets and edges stand where lines begin: a list or a quotation turns around with the last of what it holds. */
function turnWith(element: BlockElement, dir: string | undefined): void {
  const around = element.matches('[data-runnel-below]') ? null : element.parentElement;
  if (!around?.matches('ul, ol, dl, blockquote')) return;
  const borrowed = turned.get(around) ?? borrowAttribute(around, 'dir');
  turned.set(around, borrowed);
  if (!dir || [...around.children].some((child) => child.getAttribute('dir') !== dir)) borrowed.restore();
  else if (getComputedStyle(around).direction !== dir) borrowed.write(dir);
}

/** The state of a block of several segments: under way as long as one is, and never better than the worst. */
function findJointState(states: SegmentState[]): SegmentState | undefined {
  const isUnderWay = states.some((state) => state === 'waiting' || state === 'streaming');
  if (isUnderWay) return states.every((state) => state === 'waiting') ? 'waiting' : 'streaming';
  return (['failed', 'partial', 'done'] as const).find((state) => states.includes(state));
}
