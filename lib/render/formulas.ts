// Where a formula begins and ends in a text. `$` is money far more often than mathematics, so what stands between two of them has to look
// like a formula; the other marks are plain.

export interface Formula {
  /** With its marks, as it was written. */
  raw: string;
  tex: string;
  /** Stands on a line of its own. */
  display: boolean;
}

/** Stands before the closing mark of a formula that is still being written; it is shown as it is written until it is whole. */
export const UNFINISHED = '\ue000';

/** A longer one is text. */
const MAX_CHARS = 5000;
const MAX_MONEY_CHARS = 1000;

const MARKS = [
  { open: '$$', close: '$$', display: true },
  { open: '\\[', close: '\\]', display: true },
  { open: '\\(', close: '\\)', display: false },
] as const;

const BLANK_LINE = /\n[ \t]*\n/;
const HAS_SENSE = /[\p{L}\p{N}]/u;

/** `5 and 10`, `20 a month`: an amount and words after it. */
const AMOUNT = /^[\d.,]+[kKmMbB]?(?:[\s–—-]|$)[^\\^_=+]*[\p{L}]{2}/u;

function createFormula(raw: string, tex: string, display: boolean): Formula | undefined {
  const isText = BLANK_LINE.test(tex) || !HAS_SENSE.test(tex);
  return isText && !tex.endsWith(UNFINISHED) ? undefined : { raw, tex: tex.trim(), display };
}

function readMarked(text: string): Formula | undefined {
  for (const { open, close, display } of MARKS) {
    if (!text.startsWith(open)) continue;
    const end = text.slice(0, MAX_CHARS).indexOf(close, open.length);
    return end === -1
      ? undefined
      : createFormula(text.slice(0, end + close.length), text.slice(open.length, end), display);
  }
  return undefined;
}

/** Where the next `$` is that no backslash stands before; -1 where there is none in reach. */
function findDollar(text: string): number {
  const end = Math.min(text.length, MAX_MONEY_CHARS);
  for (let at = 1; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '$') return at;
    else if (text[at] === '`') return -1;
  }
  return -1;
}

function readDollars(text: string, before: string): Formula | undefined {
  if (!/^\$[^\s$]/.test(text) || /[\p{L}\p{N}$]$/u.test(before)) return undefined;
  const end = findDollar(text);
  const tex = text.slice(1, end);
  if (end === -1 || /\s$/.test(tex) || /^[\dA-Z_{$]/.test(text.slice(end + 1, end + 2))) return undefined;
  return AMOUNT.test(tex) ? undefined : createFormula(text.slice(0, end + 1), tex, false);
}

/** The formula that `text` begins with, if it does; `before` is what stands in front of it. */
export function findFormula(text: string, before = ''): Formula | undefined {
  return readMarked(text) ?? (text.startsWith('$') ? readDollars(text, before) : undefined);
}

const DISPLAY_LINE = /^ {0,3}(\$\$|\\\[)/;

/** The mark that must come before the formula ends which a line begins and does not end. */
export function findOpening(line: string): string | undefined {
  const open = DISPLAY_LINE.exec(line)?.[1];
  if (open === undefined) return undefined;
  const close = open === '$$' ? '$$' : '\\]';
  return line.trimStart().slice(2).includes(close) ? undefined : close;
}

/** A formula that has its lines for itself, at the start of `text`; `raw` has the lines' ends. */
export function findFormulaBlock(text: string): Formula | undefined {
  if (!DISPLAY_LINE.test(text)) return undefined;
  const indent = text.length - text.trimStart().length;
  const formula = readMarked(text.slice(indent));
  if (formula === undefined) return undefined;
  const after = text.slice(indent + formula.raw.length);
  const lineEnd = /^[ \t]*(?:\n+|$)/.exec(after)?.[0];
  if (lineEnd === undefined) return undefined;
  return { ...formula, raw: text.slice(0, indent + formula.raw.length + lineEnd.length) };
}

/** Whether what follows a `$`, `\(` or `\[` that is not closed yet is more likely a formula than money. */
export function isHalfFormula(text: string): boolean {
  if (text.length > MAX_MONEY_CHARS || BLANK_LINE.test(text)) return false;
  if (!text.startsWith('$')) return true;
  if (/^\$(?:\s|\d[\d.,]*(?:[\s.,;:!?)]|$))/.test(text)) return false;
  return /[\\^_={}+<>]/.test(text) || text.length <= 4;
}
