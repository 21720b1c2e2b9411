// How a run stands, as its reader is told.
import type { LanguageChoice, PageTrouble } from '../protocol/page.ts';
import type { WrittenLanguage } from './blocks.ts';
import { type Item, isFinished, isWritten } from './item.ts';

export interface RunStatus {
  isRunning: boolean;
  /** Segments asked for, and those whose translation is whole. */
  total: number;
  finished: number;
  /** Of these, the ones that were in the language already and stay as they are. */
  kept: number;
  /** Those whose translation has begun and is not whole. */
  partial: number;
  language: WrittenLanguage | undefined;
  /** The tag of the one that the reader has chosen, which may not be written yet. */
  chosen: string | undefined;
  /** The languages it could be translated into; empty while unknown. */
  choices: readonly LanguageChoice[];
  /** Why something is not whole, each reason once; empty when the reader stopped the run. */
  troubles: readonly PageTrouble[];
  /** Nothing was sent: a person is to agree to its size first, in words. */
  estimate: string | undefined;
  /** Blocks whose translation has lost the original's formatting, because the reply's marks could not be followed. */
  plainBlocks: number;
}

export type Counts = Pick<RunStatus, 'total' | 'finished' | 'kept' | 'partial' | 'plainBlocks'>;

export function countItems(items: readonly Item[]): Counts {
  const written = items.filter(isWritten);
  return {
    total: items.length,
    finished: items.filter(isFinished).length,
    kept: items.filter(({ isKept }) => isKept).length,
    partial: items.filter(({ state }) => state === 'partial').length,
    plainBlocks: new Set(written.filter(({ writer }) => writer.isPlain).map(({ block }) => block)).size,
  };
}
