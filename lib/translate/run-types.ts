// What a run is to those who hold one.
import type { Connect } from '../protocol/channel.ts';
import type { Blocks } from './blocks.ts';
import type { CollectedSegment } from './collect.ts';
import type { Item } from './item.ts';
import type { RunStatus } from './run-status.ts';
import type { Way } from './ways.ts';
import type { Restored } from './written.ts';

/** What is asked for: without anything, every segment that is not whole, each from its beginning. */
export interface Wanted {
  /** These alone. */
  items?: readonly Item[];
  /** Answers that have begun go on from where they are. */
  goesOn?: boolean;
  /** All of them, in another language: its BCP 47 tag. */
  language?: string;
  /** A person agreed to the size. */
  isConfirmed?: true;
}

export interface Run {
  start(wanted?: Wanted): void;
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
  /** The same translation in other places, looked for while the page has its originals. They are to be found. */
  move(find: () => Way | undefined): Way | undefined;
  /** In reading order. */
  readonly items: readonly Item[];
  readonly status: RunStatus;
  /** Resolves when the run, or its latest start, has ended and everything is written. */
  readonly done: Promise<RunStatus>;
}

export interface RunOptions {
  connect: Connect;
  view: Window;
  blocks: Blocks;
  segments: CollectedSegment[];
  /** Called in a frame in which segments have ended, and when the language is known, or the run began or ended; not for every piece of text. */
  onStatus?: (status: RunStatus) => void;
  /** Called after every frame in which text was written. */
  onWrite?: () => void;
}
