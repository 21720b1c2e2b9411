// The wire between page scripts and the worker, and what each finds of the other in the page script's world. Types only.
import type { Trouble } from '../engine/errors.ts';

/** Where a translation of the page's own text is shown: in its place, below it, or in a box beside the selection. */
export type Show = 'in-place' | 'below' | 'bubble';

/** Put into the page script's world before it runs, as `runnelWishes`. */
export interface PageWishes {
  show: Show;
  /** CSS selectors, joined by commas, of what is not translated; empty for none. */
  leftAlone: string;
  /** The original of a block is shown while the pointer rests on its translation. */
  showsOriginalOnHover: boolean;
  /** Selected text of a frame that no script may enter: shown in a box at the top of this one. */
  text?: string;
}

/** What the page script does without until it is needed; the worker injects it into the same world. */
export type PagePart = 'field' | 'below' | 'aids';

/** `needs-`: that part is to be injected first. */
export type TranslateOutcome = 'started' | 'no-selection' | 'too-long' | `needs-${PagePart}`;

/** What the worker finds in the page script's world as `runnelPage` after the first injection. */
export interface RunnelPage {
  /** Translates the selection as `runnelWishes` says. */
  translate(): TranslateOutcome;
  /** Puts every original back. */
  restore(): void;
  /** Switches between originals and translations. */
  toggle(): void;
  isAlive(): boolean;
}

/** What went wrong, with the words for it: a page script carries none. */
export interface PageTrouble extends Trouble {
  /** One sentence. */
  title: string;
}

/** How a translation ended; a request that was refused as such rejects instead. */
export interface TranslationEnd {
  /** Nothing was sent, because a person is to confirm the size first: ask again with `isConfirmed`. The size, and its price where that is known, in words. */
  estimate?: string;
  trouble?: PageTrouble;
}

/** A piece of page text to translate. Inline markup travels as numbered marks, `<1>…</1>`. */
export interface Segment {
  id: number;
  text: string;
  /** The words around it that were not selected, with `[…]` where it stands: for its sense, not to be translated. */
  context?: string | undefined;
  /** What came of its translation before, marks too: the answer is to go on from there. */
  begun?: string | undefined;
}

export interface LanguageChoice {
  /** BCP 47 tag. */
  tag: string;
  name: string;
}

export type SegmentState = 'waiting' | 'streaming' | 'done' | 'partial' | 'failed';
/** `language` comes once, before any text: what will be written, and what else it could be, the recent ones first. `isKept`: the block is in it already and stays as it is. */
export type SegmentEvent =
  | { type: 'language'; tag: string; dir: 'ltr' | 'rtl'; name: string; choices: LanguageChoice[] }
  | {
      type: 'segment';
      id: number;
      text?: string;
      state?: SegmentState;
      trouble?: PageTrouble;
      isKept?: true;
    };

/** What is sent: what was said for any number of segments, in order. */
export interface SegmentEvents {
  type: 'segments';
  events: SegmentEvent[];
}
