// What one line of markdown means for the block that is open before it.
import { Lexer } from 'marked';
import { findOpening } from './formulas.ts';

/**
 * What the lines so far have opened. `list` and `quote` stand for anything inside them; `text` is all that
 * a blank line ends: paragraphs, tables, definitions. `raw` is HTML that runs on until its own end mark, `formula` one of several
 * lines, in which no line means anything.
 */
export type Context =
  | { kind: 'none' | 'text' | 'list' | 'quote' | 'html' }
  | { kind: 'fence'; marker: string }
  | { kind: 'formula'; close: string }
  | { kind: 'raw'; end: RegExp };

export interface Step {
  cutBefore: boolean;
  cutAfter: boolean;
  /** The context after the line, if nothing is cut after it. */
  context: Context;
  blank: boolean;
}

const FENCE = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/;
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const QUOTE = /^ {0,3}>/;
const MARKER = /^ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t]|$)/;
// The ends of HTML blocks that a blank line does not end (CommonMark 4.6, kinds 1 to 5).
const RAW: readonly [start: RegExp, end: RegExp][] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![A-Z]/i, />/],
];
const { html: HTML, paragraph: PARAGRAPH } = Lexer.rules.block.gfm;

/** Whether a line ends a paragraph that stands right above it, by the lexer's own rule. */
function interruptsParagraph(line: string): boolean {
  return PARAGRAPH.exec(`x\n${line}\n`)?.[0].length === 1;
}

function findHtml(line: string, context: Context): Context | 'complete' | undefined {
  if (!/^ {0,3}</.test(line) || !HTML.test(`${line}\n`)) return undefined;
  // A line that holds only some unknown tag may begin a block but cannot interrupt one.
  if (context.kind !== 'none' && !interruptsParagraph(line)) return undefined;
  const raw = RAW.find(([start]) => start.test(line));
  if (raw === undefined) return { kind: 'html' };
  return raw[1].test(line) ? 'complete' : { kind: 'raw', end: raw[1] };
}

function stay(context: Context): Step {
  return { cutBefore: false, cutAfter: false, context, blank: false };
}

function readInside(line: string, context: Context): Step | undefined {
  if (context.kind === 'fence') {
    const close = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line)?.[1];
    return { ...stay(context), cutAfter: close?.startsWith(context.marker) === true };
  }
  if (context.kind === 'raw') return { ...stay(context), cutAfter: context.end.test(line) };
  if (line.trim() === '') {
    // A list goes on over blank lines; everything else ends.
    return { ...stay(context.kind === 'list' ? context : { kind: 'none' }), blank: true };
  }
  if (context.kind === 'formula')
    return { ...stay(context), cutAfter: line.trimEnd().endsWith(context.close) };
  return context.kind === 'html' ? stay(context) : undefined;
}

/** A line that is, or begins, a block of its own kind wherever it stands. */
function readStarter(line: string, before: Context): Step | undefined {
  const fence = FENCE.exec(line);
  if (fence) {
    return { ...stay({ kind: 'fence', marker: fence[1] ?? fence[2] ?? '' }), cutBefore: true };
  }
  if (HEADING.test(line)) return { ...stay(before), cutBefore: true, cutAfter: true };
  if (before.kind === 'text' && UNDERLINE.test(line)) return { ...stay(before), cutAfter: true };
  if (RULE.test(line)) return { ...stay(before), cutBefore: true, cutAfter: true };
  const html = findHtml(line, before);
  if (html === 'complete') return { ...stay(before), cutBefore: true, cutAfter: true };
  return html && { ...stay(html), cutBefore: true };
}

function readText(line: string, context: Context, indent: number): Step {
  const close = context.kind === 'none' || context.kind === 'text' ? findOpening(line) : undefined;
  if (close !== undefined) return stay({ kind: 'formula', close });
  const isMarker = MARKER.test(line);
  if (context.kind === 'none' && isMarker) return stay({ kind: 'list' });
  if (context.kind === 'text' && isMarker && interruptsParagraph(line)) {
    return { ...stay({ kind: 'list' }), cutBefore: true };
  }
  if (context.kind === 'quote' && isMarker) return { ...stay({ kind: 'list' }), cutBefore: true };
  if (QUOTE.test(line)) return { ...stay({ kind: 'quote' }), cutBefore: context.kind !== 'quote' };
  if (context.kind === 'none' && indent < 4) return stay({ kind: 'text' });
  return stay(context);
}

function indentOf(line: string): number {
  const space = /^[ \t]*/.exec(line)?.[0] ?? '';
  return space.includes('\t') ? 4 : space.length;
}

/** `line` has no newline. `afterBlank`: the line before it was blank. Nothing but these three is looked at. */
export function readLine(line: string, context: Context, afterBlank: boolean): Step {
  const inside = readInside(line, context);
  if (inside) return inside;
  const indent = indentOf(line);
  if (context.kind === 'list') {
    // Anything further in may belong to an item; a rule looks like a marker and is none.
    const leaves =
      indent === 0 && ((afterBlank && !MARKER.test(line)) || RULE.test(line) || QUOTE.test(line));
    const starter = indent <= 1 ? readStarter(line, context) : undefined;
    if (starter) return starter;
    if (!leaves) return stay(context);
    return { ...readText(line, { kind: 'none' }, indent), cutBefore: true };
  }
  const step = (indent < 4 ? readStarter(line, context) : undefined) ?? readText(line, context, indent);
  return { ...step, cutBefore: step.cutBefore || (afterBlank && indent < 4) };
}
