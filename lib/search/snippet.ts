// Where a text says what was looked for, in one line.
import { fold } from './words.ts';

export interface Snippet {
  text: string;
  /** From and to in `text`, in order, none touching another. */
  marks: [number, number][];
}

const BEFORE = 40;
const LENGTH = 160;
/** What is searched of one message: the place of a match behind that is not shown. */
const MAX_LOOKED = 200_000;

/** How many of `terms` (folded) a text has, at a word's start where they are words. */
export function countTerms(folded: string, terms: readonly string[]): number {
  return terms.filter((term) => findTerm(folded, term, 0) >= 0).length;
}

/** The stretch of `text` around the first of `terms`; its beginning where it has none. */
export function snippetOf(text: string, terms: readonly string[]): Snippet {
  const looked = text.slice(0, MAX_LOOKED);
  const folded = fold(looked);
  const first = Math.min(
    ...terms.map((term) => findTerm(folded, term, 0)).filter((at) => at >= 0),
    Number.POSITIVE_INFINITY,
  );
  // Folding moves places by little, and never by more than what precedes them.
  const near = first === Number.POSITIVE_INFINITY ? 0 : backTo(looked, first);
  let from = Math.max(0, near - BEFORE);
  if (from > 0) from = Math.max(from, looked.lastIndexOf(' ', near - BEFORE / 2) + 1);
  const line = looked
    .slice(from, from + LENGTH * 2)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LENGTH)
    .toWellFormed();
  const shown = `${from > 0 ? '…' : ''}${line}${from + LENGTH < text.length ? '…' : ''}`;
  return { text: shown, marks: marksIn(shown, terms) };
}

/** Where `terms` stand in a short text. */
export function marksIn(text: string, terms: readonly string[]): [number, number][] {
  // Each character folded by itself, so that places can be told; a folded text has other lengths.
  const chars = [...text];
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  let at = 0;
  for (const char of chars) {
    const plain = fold(char);
    for (let index = 0; index < plain.length; index++) {
      starts.push(at);
      ends.push(at + char.length);
    }
    folded += plain;
    at += char.length;
  }
  const found: [number, number][] = [];
  for (const term of terms)
    for (let place = findTerm(folded, term, 0); place >= 0; place = findTerm(folded, term, place + 1))
      found.push([starts[place] ?? 0, ends[place + term.length - 1] ?? text.length]);
  return joined(found.sort(([a], [b]) => a - b));
}

function joined(marks: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [from, to] of marks) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

/** Words begin where a word begins; characters of scripts without spaces are found anywhere. */
function findTerm(folded: string, term: string, from: number): number {
  for (let at = folded.indexOf(term, from); at >= 0; at = folded.indexOf(term, at + 1)) {
    const before = folded.slice(Math.max(0, at - 2), at);
    if (!/[\p{L}\p{N}]$/u.test(before) || !/^[\p{Ll}\p{N}]/u.test(term)) return at;
  }
  return -1;
}

/** The place in `text` whose folded beginning is `length` long, found by halving. */
function backTo(text: string, length: number): number {
  let low = 0;
  let high = Math.min(text.length, length * 2 + 64);
  if (fold(text.slice(0, length)).length === length) return length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fold(text.slice(0, middle)).length < length) low = middle + 1;
    else high = middle;
  }
  return low;
}
