// Completes the open end of streamed markdown for the eye: what is half written is shown as what it most
// likely becomes, without a flash of its marks. Only ever applied to a copy; the final text is never repaired.

import { findFormula, findOpening, isHalfFormula, UNFINISHED } from './formulas.ts';

const LINE_START = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)|#{1,6}(?=[ \t])))*[ \t]*/;
const BEGINS_BLOCK = /^[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|)/;
// The beginning of a line that may become a marker, a rule, an underline, a fence or a link definition.
const UNDECIDED =
  /^[ \t]*(?:[-+*>|]|\d{1,2}[.)]?|#{1,6}|=+|-+|[*_]{1,3}|[`~]{1,2}|(?:`{3,}|~{3,}).*|\[(?!\^)[^\]]*\]:.*)[ \t]*$/;
// Longer runs of text are not looked through on each frame; their marks show until they are complete.
const MAX_RUN_CHARS = 4000;
// Brackets that are open in each other; after more of them than anybody writes, they show.
const MAX_REPAIRS = 8;

/** Where the paragraph, item or cell that the text ends in begins, after its own marker. */
function startOfRun(text: string): number {
  let start = text.lastIndexOf('\n') + 1;
  while (start > 0 && text.length - start < MAX_RUN_CHARS) {
    if (BEGINS_BLOCK.test(text.slice(start))) break;
    const previous = text.lastIndexOf('\n', start - 2) + 1;
    if (text.slice(previous, start).trim() === '') break;
    start = previous;
  }
  return start + (LINE_START.exec(text.slice(start))?.[0].length ?? 0);
}

interface Open {
  mark: string;
  at: number;
}

const isSpace = (char: string | undefined) => char === undefined || /\s/.test(char);
const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);

function canOpen(run: string, at: number, mark: string): boolean {
  if (isSpace(run[at + mark.length])) return false;
  // `2*3` and `snake_case` open nothing; `**` inside a word does where words are not parted by spaces.
  return mark === '**' || mark === '~~' || !isWord(run[at - 1]);
}

/** Takes one run of emphasis marks; a run that ends the text may still grow and is reported as such. */
function readMark(run: string, at: number, mark: string, stack: Open[]): 'open-end' | undefined {
  if (mark === '~') return undefined;
  const top = stack.at(-1);
  const closes = top !== undefined && top.mark[0] === mark[0] && !isSpace(run[at - 1]);
  if (closes && mark.length >= top.mark.length) {
    stack.pop();
    const rest = mark.slice(top.mark.length);
    return rest === '' ? undefined : readMark(run, at, rest, stack);
  }
  if (at + mark.length === run.length) return 'open-end';
  if (canOpen(run, at, mark) && mark.length <= 3) stack.push({ mark, at });
  return undefined;
}

/** Where a code span that begins at `at` ends, or undefined where it is still open. */
function endOfCode(run: string, at: number, ticks: string): number | undefined {
  for (let end = run.indexOf(ticks, at + ticks.length); end !== -1; end = run.indexOf(ticks, end + 1)) {
    const whole = /^`+/.exec(run.slice(end))?.[0] ?? '';
    if (whole.length === ticks.length) return end + ticks.length;
    end += whole.length - 1;
  }
  return undefined;
}

/** The text of a link that is not complete, in place of its marks; an image shows nothing yet. */
function repairBracket(run: string, at: number): string | undefined {
  const rest = run.slice(at);
  const isImage = at > 0 && run[at - 1] === '!';
  const open = /^\[([^[\]]*)(?:\](?:\([^)\s]*(?:\s[^)]*)?)?)?$/.exec(rest);
  if (!open) return undefined;
  const label = open[1] ?? '';
  const complete = rest.endsWith(']');
  // A number or a box in brackets is more often itself than the text of a link.
  if (complete && /^(?:[ xX]|\d+|\^.*)$/.test(label)) return undefined;
  if (isImage) return run.slice(0, at - 1);
  return run.slice(0, at) + (/^(?:[ xX]?|\^.*)$/.test(label) ? '' : label);
}

const beginsFormula = (run: string, at: number) =>
  run[at] === '$' || (run[at] === '\\' && (run[at + 1] === '(' || run[at + 1] === '['));

/** Where a formula that begins at `at` ends, or what is shown while it has no end. */
function readFormula(run: string, at: number): { end: number } | { shown: string } | undefined {
  const formula = findFormula(run.slice(at), run.slice(0, at));
  if (formula) return { end: at + formula.raw.length };
  const rest = run.slice(at);
  const close = /^\$\$/.test(rest) ? '$$' : /^\\\[/.test(rest) ? '\\]' : undefined;
  const isClosed =
    rest.indexOf(close ?? (rest[0] === '$' ? '$' : '\\)'), 1 + rest.indexOf(rest[0] ?? '')) !== -1;
  if (!isHalfFormula(rest) || (close === undefined && isClosed)) return undefined;
  // A short one comes all at once; a long one is shown as it grows.
  return { shown: close === undefined || rest.length < 4 ? '' : rest + UNFINISHED + close };
}

function closeAll(run: string, stack: readonly Open[], code = ''): string {
  const text = run.trimEnd();
  const marks = stack.map((open) => open.mark).reverse();
  return text + code + marks.join('') + run.slice(text.length);
}

/** One paragraph's worth of inline text. Bounded: every character is looked at once, brackets a few times. */
function repairRun(run: string, repairs = 0): string {
  const stack: Open[] = [];
  for (let at = 0; at < run.length; at++) {
    const char = run[at];
    const formula = beginsFormula(run, at) ? readFormula(run, at) : undefined;
    if (formula && 'shown' in formula) {
      const before = run.slice(0, at);
      return formula.shown === '' ? repairRun(before, repairs) : closeAll(before + formula.shown, stack);
    }
    if (formula) {
      at = formula.end - 1;
    } else if (char === '\\') {
      at++;
    } else if (char === '`') {
      const ticks = /^`+/.exec(run.slice(at))?.[0] ?? '`';
      if (at + ticks.length === run.length) return closeAll(run.slice(0, at), stack);
      const end = endOfCode(run, at, ticks);
      if (end === undefined) return closeAll(run.replace(/`+$/, ''), stack, ticks);
      at = end - 1;
    } else if (char === '[') {
      const repaired = repairBracket(run, at);
      if (repaired !== undefined && repairs < MAX_REPAIRS) return repairRun(repaired, repairs + 1);
    } else if (char === '*' || char === '_' || char === '~') {
      let end = at;
      while (run[end] === char) end++;
      const mark = run.slice(at, end);
      if (readMark(run, at, mark, stack) === 'open-end') return repairRun(run.slice(0, at), repairs);
      at = end - 1;
    }
  }
  return stack.length === 0 ? run : closeAll(run, stack);
}

function countCells(row: string): number {
  const inner = row.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.replace(/\\\|/g, '').split('|').length;
}

/** A table is shown as one from its first row on. */
function repairTable(text: string): string | undefined {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  const above = lines.at(-2) ?? '';
  const isRow = (line: string) => /^ {0,3}\|.*\S/.test(line);
  const startsTable = (index: number) => (lines.at(index) ?? '').trim() === '';
  const ruler = (row: string) => `\n${'|---'.repeat(countCells(row))}|`;
  if (isRow(above) && /^[ \t|:-]*$/.test(last) && startsTable(-3)) {
    return lines.slice(0, -1).join('\n') + ruler(above);
  }
  if (!isRow(last) || !startsTable(-2)) return undefined;
  const row = last.trimEnd().endsWith('|') ? last : `${repairRun(last)} |`;
  return lines.slice(0, -1).concat(row).join('\n') + ruler(row);
}

/** A formula of several lines that has no end yet is shown as it grows. */
function repairFormula(text: string): string | undefined {
  let close: string | undefined;
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    if (close === undefined) {
      close = findOpening(line);
      start = at;
    } else if (line.trim() === '' || line.includes(close)) {
      close = undefined;
    }
    at = end + 1;
  }
  if (close === undefined) return undefined;
  const shown = text.slice(start).replace(/[\s$\\]+$/, '');
  return text.slice(0, start) + (shown.length < 3 ? '' : shown + UNFINISHED + close);
}

/** `text` is a whole open segment, from its first line to where the stream is. */
export function repairTail(text: string): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  const formula = /\$\$|\\\[/.test(text) ? repairFormula(text) : undefined;
  if (formula !== undefined) return formula;
  const table = text.includes('|') ? repairTable(text) : undefined;
  if (table !== undefined) return table;
  if (UNDECIDED.test(text.slice(lineStart)) && !/^[ \t]*\d/.test(lineStart === 0 ? text : '')) {
    return text.slice(0, lineStart);
  }
  const start = startOfRun(text);
  if (text.length - start > MAX_RUN_CHARS) return text;
  return text.slice(0, start) + repairRun(text.slice(start));
}
