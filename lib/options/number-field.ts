// A box for a number: what is typed stays a draft until it is left, and a draft that is no such number changes nothing.

import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { say } from '../words/say.ts';
import type { SavedSetting } from './saved-setting.ts';

export interface NumberProblem {
  title: string;
  hint: string;
}

export interface NumberKind {
  /** The stored number as it is shown. */
  format(stored: number): string;
  /** What is wrong with the text, as a sentence; undefined where nothing is. */
  findProblem(text: string): string | undefined;
  /** The number to store; only called for text without a problem. */
  parse(text: string): number;
  /** What to do instead, and what holds until then. */
  hint(stored: number): string;
}

export interface NumberField {
  text: ReadonlySignal<string>;
  note: SavedSetting<number>['note'];
  problem: ReadonlySignal<NumberProblem | null>;
  /** To be called for each key. */
  type(text: string): void;
  /** To be called when the field is left, and on Enter or a step. */
  commit(): Promise<void>;
  /** Forgets what is typed and not saved. */
  revert(): void;
}

export function createNumberField(
  { value, note, choose }: SavedSetting<number>,
  { format, findProblem, parse, hint }: NumberKind,
): NumberField {
  const draft = signal<string | null>(null);
  const problem = signal<NumberProblem | null>(null);
  const stored = computed(() => value.value ?? 0);

  function type(text: string): void {
    draft.value = text;
    problem.value = null;
    // "Saved" beside a number that is not would be untrue.
    note.value = '';
  }

  async function commit(): Promise<void> {
    const typed = draft.value;
    if (typed === null) return;
    const title = findProblem(typed);
    if (title !== undefined) {
      problem.value = { title, hint: hint(stored.value) };
      return;
    }
    const saved = choose(parse(typed));
    draft.value = null;
    await saved;
  }

  function revert(): void {
    draft.value = null;
    problem.value = null;
  }

  return { text: computed(() => draft.value ?? format(stored.value)), note, problem, type, commit, revert };
}

/** What is wrong with a number at all, before its own bounds count. */
function findNumberProblem(text: string): string | undefined {
  if (text.trim() === '' || !Number.isFinite(Number(text))) return say('notANumber');
  if (Number(text) < 0) return say('lessThan', 0);
  return undefined;
}

function wholeNumber(min: number, max: number): NumberKind {
  return {
    format: String,
    parse: Number,
    findProblem(text) {
      if (Number(text) > max) return say('moreThan', max);
      const problem = findNumberProblem(text);
      if (problem !== undefined) return problem;
      if (Number(text) < min) return say('lessThan', min);
      return Number.isInteger(Number(text)) ? undefined : say('notWhole');
    },
    hint: (stored) => say('wholeNumberHint', min, max, stored),
  };
}

/** How often something is tried again. */
export const times: NumberKind = wholeNumber(0, 5);
/** How many requests run at once. */
export const atOnce: NumberKind = wholeNumber(1, 8);
/** How long a translation may be without a question. */
export const tokens: NumberKind = wholeNumber(0, 1_000_000);
/** How much of a page goes along with a question. */
export const pageTokens: NumberKind = wholeNumber(500, 100_000);

const MAX_SECONDS = 3600;
// Shorter clocks end every answer, and what rounds to 0 ms would switch the clock off.
const MIN_SECONDS = 0.1;

/** Stored in milliseconds, shown in seconds; 0 is a clock that is off. */
export const seconds: NumberKind = {
  format: (stored) => String(stored / 1000),
  parse: (text) => Math.round(Number(text) * 1000),
  findProblem(text) {
    const typed = Number(text);
    if (typed > MAX_SECONDS) return say('moreSeconds', MAX_SECONDS);
    if (typed > 0 && typed < MIN_SECONDS) return say('lessSeconds', MIN_SECONDS);
    return findNumberProblem(text);
  },
  hint: (stored) =>
    stored === 0 ? say('secondsHintOff', MAX_SECONDS) : say('secondsHint', MAX_SECONDS, stored / 1000),
};
