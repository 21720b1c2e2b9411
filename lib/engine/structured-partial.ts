// The value of a JSON answer while it is still being written.
import { readJsonPrefix } from './json-prefix.ts';
import { createScan, MAX_DEPTH, MAX_LENGTH, plainJson, scanJson } from './structured-json.ts';
import type { JsonValue } from './types.ts';

export interface PartialReader {
  /** Takes the next piece of the answer; one look at each of its characters. */
  feed(text: string): void;
  /**
   * What is known so far: an object or array, undefined before it begins. Strings may still grow; numbers appear when they are complete,
   * because half of one is another number. Parses everything anew where something came since: call it once a frame, not once a piece.
   */
  read(): JsonValue | undefined;
  /** The answer went beyond 1 MiB or 64 levels: `read` stays at what it last knew. */
  readonly overflowed: boolean;
}

// A fence may open the answer; anything else before the value means that it is prose.
const BEFORE_VALUE = /^\s*(?:```\w*)?\s*$/;

export function createPartialReader(): PartialReader {
  let text = '';
  let start = -1;
  let scan = createScan();
  let overflowed = false;
  let isProse = false;
  let fresh = false;
  let known: JsonValue | undefined;

  function findStart(): void {
    start = text.search(/[{[]/);
    if (start < 0) return;
    isProse = !BEFORE_VALUE.test(text.slice(0, start));
    scan = createScan();
    scanJson(scan, text.slice(start));
  }

  return {
    get overflowed() {
      return overflowed;
    },
    feed(piece) {
      if (overflowed || isProse || scan.end !== undefined) return;
      overflowed = text.length + piece.length > MAX_LENGTH;
      if (overflowed) return;
      text += piece;
      if (start < 0) findStart();
      else scanJson(scan, piece);
      overflowed = scan.deepest > MAX_DEPTH;
      fresh = true;
    },
    read() {
      if (!fresh || overflowed || isProse || start < 0) return known;
      fresh = false;
      // What follows the value, a closing fence or prose, is not looked at.
      known = parsePart(text.slice(start)) ?? known;
      return known;
    },
  };
}

function parsePart(text: string): JsonValue | undefined {
  try {
    const value = readJsonPrefix(text);
    return value === undefined ? undefined : withoutHalves(plainJson(value));
  } catch {
    return undefined;
  }
}

/** An emoji written as two escapes may have come half. */
function withoutHalves(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replace(/[\ud800-\udbff]$/, '');
  if (Array.isArray(value)) return value.map(withoutHalves);
  if (typeof value === 'object' && value !== null)
    for (const key of Object.keys(value)) value[key] = withoutHalves(value[key] ?? null);
  return value;
}
