// What a page's translator is to those who make one.
import type { Trouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import type { Control } from './control.ts';
import type { Run } from './run-types.ts';

export type TranslateOutcome = 'started' | 'no-selection' | 'too-long';

export interface PageTranslator {
  /** Translates the selection; without one, asks again for what the last run left unfinished. */
  translate(): TranslateOutcome;
  /** Puts every original back and takes the control away. */
  restore(): void;
  /** The current run, for tests and for the end of the document. */
  readonly run: Run | undefined;
  readonly control: Control | undefined;
}

export interface PageOptions {
  connect: Connect;
  window: Window;
  /** Words for what went wrong, in one line. */
  describe: (trouble: Trouble) => string;
  /** False once the extension was updated or removed under the page. */
  isAlive?: () => boolean;
  isTrusted?: (event: Event) => boolean;
  maxChars?: number;
  /** Where a translation of the page's own text is shown; in the page itself unless said otherwise. */
  show?: 'in-place' | 'bubble';
}
