// Markdown as text without marks: for the clipboard, and for being read aloud.
import type { MarkedToken, Token, Tokens } from 'marked';
import { codeText } from './block-nodes.ts';
import { decodeEntities } from './entities.ts';
import type { NoteReference } from './extensions.ts';
import { lexSegment } from './lex.ts';
import { MAX_DEPTH } from './limits.ts';
import { createSegmenter } from './segments.ts';

interface Style {
  /** Between two blocks. */
  blockGap: string;
  cellGap: string;
  code(text: string): string;
  link(text: string, href: string): string;
  /** What stands before an item of a list; `number` is absent where items are not counted. */
  marker(number: number | undefined, isChecked: boolean | undefined): string;
  indent: string;
  /** Where a footnote is referred to, and the footnote itself. */
  reference(label: string): string;
  note(label: string, text: string): string;
}

const WRITTEN: Style = {
  blockGap: '\n\n',
  cellGap: '\t',
  code: (text) => text,
  link: (text, href) => (href === text || href.replace(/^mailto:/, '') === text ? text : `${text} (${href})`),
  marker: (number, isChecked) =>
    isChecked === undefined ? (number === undefined ? '- ' : `${number}. `) : isChecked ? '[x] ' : '[ ] ',
  indent: '  ',
  reference: (label) => `[${label}]`,
  note: (label, text) => `[${label}] ${text}`,
};

/** What is said in place of code and of a footnote. */
export interface SpokenWords {
  code(lines: number): string;
  note(label: string, text: string): string;
}

const spoken = (words: SpokenWords): Style => ({
  blockGap: '\n',
  cellGap: ', ',
  code: (text) => words.code(text.split('\n').length),
  link: (text) => text,
  marker: (number) => (number === undefined ? '' : `${number}. `),
  indent: '',
  reference: () => '',
  note: words.note,
});

/** The text of a whole answer, without its marks: links with their address, items with a dash, cells with tabs between them. */
export function plainText(markdown: string): string {
  const segmenter = createSegmenter();
  const segments = segmenter.push(`${markdown.replace(/\r\n?/g, '\n')}\n`);
  return [...segments, segmenter.tail()]
    .map((segment) => textOf(segment, WRITTEN))
    .filter((text) => text !== '')
    .join(WRITTEN.blockGap);
}

/** One segment as it is read aloud: a line for each paragraph, item or row; of code only how long it is. */
export function spokenText(segment: string, words: SpokenWords): string {
  return textOf(segment, spoken(words));
}

function textOf(segment: string, style: Style): string {
  const { tokens, notes } = lexSegment(segment, {});
  const told = notes.map((note) => style.note(note.label, blocks(note.tokens, style, 1)));
  return [blocks(tokens, style, 0), ...told]
    .filter((text) => text !== '')
    .join(style.blockGap)
    .trim();
}

function blocks(tokens: readonly Token[], style: Style, depth: number): string {
  return tokens
    .map((token) => block(token, style, depth))
    .filter((text) => text.trim() !== '')
    .join(style.blockGap);
}

function block(generic: Token, style: Style, depth: number): string {
  const token = generic as MarkedToken;
  if (depth > MAX_DEPTH) return token.raw;
  switch (token.type) {
    case 'code':
      return style.code(codeText(token));
    case 'blockquote':
      return blocks(token.tokens, style, depth + 1);
    case 'list':
      return list(token, style, depth);
    case 'table':
      return [token.header, ...token.rows]
        .map((cells) => cells.map(({ tokens }) => inline(tokens, style, depth + 1)).join(style.cellGap))
        .join('\n');
    case 'hr':
    case 'space':
    case 'def':
      return '';
    case 'html':
      return token.text.trimEnd();
    default:
      return 'tokens' in token && token.tokens
        ? inline(token.tokens, style, depth + 1)
        : 'text' in token
          ? decodeEntities(token.text)
          : token.raw;
  }
}

function list(token: Tokens.List, style: Style, depth: number): string {
  const first = token.start === '' ? 1 : token.start;
  return token.items
    .map((item, index) => {
      const marker = style.marker(
        token.ordered ? first + index : undefined,
        item.task ? item.checked === true : undefined,
      );
      const inner = item.tokens
        .filter(({ type }) => type !== 'checkbox')
        .map((part) => block(part, style, depth + 1))
        .filter((text) => text !== '')
        .join('\n');
      return marker + inner.replaceAll('\n', `\n${style.indent}`);
    })
    .join('\n');
}

function inline(tokens: readonly Token[], style: Style, depth: number): string {
  return tokens
    .map((token) =>
      token.type === 'note-reference'
        ? style.reference((token as NoteReference).label)
        : inlineText(token as MarkedToken, style, depth),
    )
    .join('');
}

function inlineText(token: MarkedToken, style: Style, depth: number): string {
  if (depth > MAX_DEPTH) return token.raw;
  switch (token.type) {
    case 'br':
      return '\n';
    case 'codespan':
      return token.text;
    case 'checkbox':
      return '';
    case 'image':
      return decodeEntities(token.text);
    case 'link':
      return style.link(inline(token.tokens, style, depth + 1), decodeEntities(token.href));
    case 'html':
      return /^<br\s*\/?>$/i.test(token.text) ? '\n' : token.text;
    default:
      return 'tokens' in token && token.tokens
        ? inline(token.tokens, style, depth + 1)
        : decodeEntities('text' in token ? token.text : token.raw);
  }
}
