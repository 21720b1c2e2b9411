// What a run is to those who hold one.
import type { Trouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import type { Blocks, WrittenLanguage } from './blocks.ts';
import type { CollectedSegment } from './collect.ts';
import type { Item } from './item.ts';
import type { Restored } from './writer.ts';

export interface RunStatus {
  isRunning: boolean;
  /** Segments asked for, and those whose translation is whole. */
  total: number;
  finished: number;
  /** Of these, the ones that were in the language already and stay as they are. */
  kept: number;
  language: WrittenLanguage | undefined;
  /** Why something is not whole; not set when the reader stopped the run. */
  trouble: Trouble | undefined;
  /** Blocks whose translation has lost the original's formatting, because the reply's marks could not be followed. */
  plainBlocks: number;
}

export interface Run {
  /** Asks for every segment that is not whole: all of them at first, the failed and unfinished ones later. */
  start(): void;
  /** Ends the run: what is whole stays, what has begun stays as partial, the rest goes back to the original. */
  stop(): void;
  /** The document is going away or into the back/forward cache, where a port dies unheard. */
  leave(): void;
  /** Puts back what is not whole; what is whole stays. For a run that nobody can take up again. */
  retire(): void;
  /** Puts everything back. */
  restore(): Restored;
  /** Puts back the segments that one of `ranges` touches, and widens the ranges to hold them whole. */
  release(ranges: Range[]): void;
  /** In reading order. */
  readonly items: readonly Item[];
  readonly status: RunStatus;
  /** Something of ours stands in the page, if only the mark of a failure. */
  readonly isShown: boolean;
  /** Resolves when the run, or its latest start, has ended and everything is written. */
  readonly done: Promise<RunStatus>;
}

export interface RunOptions {
  connect: Connect;
  view: Window;
  blocks: Blocks;
  segments: CollectedSegment[];
  /** Called when a segment ended, the language is known, or the run began or ended; not for every piece of text. */
  onStatus?: (status: RunStatus) => void;
  /** Called after every frame in which text was written. */
  onWrite?: () => void;
}
