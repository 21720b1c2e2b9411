// Bounds on what one block of an answer may cost. What goes beyond is shown as the text it was written as.

/** Levels of nesting that become elements. */
export const MAX_DEPTH = 32;
/** Tokens in one block; each becomes one or two nodes. */
export const MAX_TOKENS = 20_000;

const MAX_SEGMENT_CHARS = 200_000;
// The lexer takes quadratic time over emphasis that never closes: 20 kB of `_a` take 1.5 s, 2 kB 15 ms.
const MAX_RUN_MARKS = 2000;
const MAX_RUN_CHARS = 50_000;
// It also recurses once for each marker that begins a line, however many there are.
const DEEP =
  /^(?:(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){64}|[ \t]{128,}(?:>|(?:[-+*]|\d{1,9}[.)])[ \t]))/m;
const BEGINS_RUN = /^[ \t]*(?:$|[>|#]|(?:[-+*]|\d{1,9}[.)])[ \t])/;
const FENCE_START = /^ {0,3}(?:`{3,}[^`\n]*(?:\n|$)|~{3,})/;

function hasHeavyRun(text: string): boolean {
  let marks = 0;
  let chars = 0;
  for (const line of text.split('\n')) {
    if (BEGINS_RUN.test(line)) {
      marks = 0;
      chars = 0;
    }
    marks += line.length - line.replace(/[*_~]/g, '').length;
    chars += line.length;
    if (marks > MAX_RUN_MARKS || chars > MAX_RUN_CHARS) return true;
  }
  return false;
}

/** Whether a segment must not be given to the lexer. A fence may be of any size: nothing in it is lexed. */
export function isTooHeavy(segment: string): boolean {
  if (FENCE_START.test(segment)) return false;
  return segment.length > MAX_SEGMENT_CHARS || DEEP.test(segment) || hasHeavyRun(segment);
}
