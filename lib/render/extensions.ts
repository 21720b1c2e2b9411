// What the lexer does not know by itself: formulas and footnotes.
import type { Lexer, MarkedOptions, Token } from 'marked';
import { type Formula, findFormula, findFormulaBlock } from './formulas.ts';

export interface FormulaToken extends Formula {
  type: 'formula';
}

export interface NoteReference {
  type: 'note-reference';
  raw: string;
  label: string;
}

/** The text of a footnote: `[^label]: text`, and what is indented below it. */
export interface Note {
  type: 'note';
  raw: string;
  label: string;
  tokens: Token[];
}

const REFERENCE = /^\[\^([^\s[\]^]{1,64})\]/;
const NOTE = /^ {0,3}\[\^([^\s[\]^]{1,64})\]:[ \t]*/;
// A line that no paragraph goes on in.
const BEGINS_BLOCK = /^ {0,3}(?:\[\^[^\s[\]^]{1,64}\]:|[-+*>|]|#{1,6}\s|\d{1,9}[.)]\s|`{3}|~{3}|\$\$|<)/;
const INDENTED = /^(?: {4}| {0,3}\t)/;

/** Where a footnote ends: its paragraph, and what is indented after a blank line. */
function findNoteEnd(text: string, headLength: number): number {
  let end = 0;
  let isBlank = false;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? text.length : newline + 1;
    const line = text.slice(at === 0 ? headLength : at, next);
    if (line.trim() === '') {
      isBlank = true;
      if (at === 0) end = next;
    } else {
      if (at > 0 && !INDENTED.test(line) && (isBlank || BEGINS_BLOCK.test(line))) break;
      isBlank = false;
      end = next;
    }
    at = next;
  }
  return end;
}

// A note in a note is text: nothing could lead to it and back.
let isInNote = false;

function readNote(this: { lexer: Lexer }, text: string): Note | undefined {
  const head = isInNote ? null : NOTE.exec(text);
  if (!head) return undefined;
  const raw = text.slice(0, findNoteEnd(text, head[0].length));
  const body = raw.slice(head[0].length).replace(/\n(?: {4}| {0,3}\t)/g, '\n');
  // A list in a note must not be taken for one in a paragraph that the note interrupts.
  const { top } = this.lexer.state;
  this.lexer.state.top = true;
  isInNote = true;
  try {
    return { type: 'note', raw, label: head[1] ?? '', tokens: this.lexer.blockTokens(body, []) };
  } finally {
    isInNote = false;
    this.lexer.state.top = top;
  }
}

function readReference(text: string): NoteReference | undefined {
  const found = REFERENCE.exec(text);
  return found ? { type: 'note-reference', raw: found[0], label: found[1] ?? '' } : undefined;
}

function readFormula(text: string, before: readonly Token[]): FormulaToken | undefined {
  if (!text.startsWith('$') && !text.startsWith('\\')) return undefined;
  const formula = findFormula(text, before.at(-1)?.raw.slice(-1));
  return formula && { type: 'formula', ...formula };
}

function readFormulaBlock(text: string): FormulaToken | undefined {
  const formula = findFormulaBlock(text);
  return formula && { type: 'formula', ...formula };
}

/** Offset of the first line after the first that may be a block of ours; -1 where none is. */
function findBlockStart(text: string): number {
  const found = /\n(?= {0,3}(?:\$\$|\\\[|\[\^[^\s[\]^]{1,64}\]:))/.exec(text);
  return found ? found.index + 1 : -1;
}

/** Emphasis must not begin or end inside a formula: `$a_1$ and $b_1$` has none. Same length as `text`. */
function hideFormulas(text: string): string {
  if (!text.includes('$') && !text.includes('\\(') && !text.includes('\\[')) return text;
  let masked = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    const formula =
      char === '$' || char === '\\' ? findFormula(text.slice(at), text.slice(0, at)) : undefined;
    const length = formula?.raw.length ?? (char === '\\' ? 2 : 1);
    masked += formula ? 'x'.repeat(length) : text.slice(at, at + length);
    at += length;
  }
  return masked;
}

/** For the lexer, beside its other options. Its types ask for renderers too, of which there are none here. */
export const ownSyntax: Pick<MarkedOptions, 'extensions' | 'hooks'> = {
  extensions: {
    block: [readNote, readFormulaBlock],
    inline: [readReference, readFormula],
    startBlock: [findBlockStart],
    startInline: [(text) => text.indexOf('$')],
    childTokens: {},
    renderers: {},
  },
  hooks: { emStrongMask: hideFormulas } as unknown as NonNullable<MarkedOptions['hooks']>,
};

/** Whether there can be anything of ours in a text; without it the lexer has less to ask. */
export function mayHaveOwnSyntax(text: string): boolean {
  return text.includes('$') || text.includes('[^') || text.includes('\\(') || text.includes('\\[');
}
