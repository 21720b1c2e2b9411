import { Lexer } from 'marked';
import { expect, test } from 'vitest';
import { ownSyntax } from '../../lib/render/extensions.ts';
import { createSegmenter } from '../../lib/render/segments.ts';
import { documents } from '../dom/render-corpus.ts';

function segmentsOf(text: string): string[] {
  const segmenter = createSegmenter();
  const closed = [...segmenter.push(text)];
  return segmenter.tail() === '' ? closed : [...closed, segmenter.tail()];
}

function blocksOf(text: string): string[] {
  return new Lexer({ gfm: true, breaks: true, ...ownSyntax })
    .lex(text)
    .filter((token) => token.type !== 'space')
    .map((token) => `${token.type}: ${token.raw.trim()}`);
}

test.each(documents.map((text, index) => [index, text] as const))(
  'the segments of document %i hold the blocks that the lexer finds in the whole',
  (_index, text) => {
    const whole = text.replace(/\r\n?/g, '\n');
    expect(segmentsOf(whole).flatMap(blocksOf)).toEqual(blocksOf(whole));
  },
);

test.each([
  ['a paragraph after a blank line, at its first character', 'one\n\nt', ['one\n\n'], 't'],
  ['nothing while a list may go on', '- a\n\n', [], '- a\n\n'],
  ['nothing while a digit may become a marker', '1. a\n\n2', [], '1. a\n\n2'],
  ['a list at the first letter at the margin', '1. a\n\nS', ['1. a\n\n'], 'S'],
  ['nothing inside a fence', '```\na\n\n# b\n\nc', [], '```\na\n\n# b\n\nc'],
  ['a fence at its closing line', '```\na\n```\n', ['```\na\n```\n'], ''],
  ['a heading at its newline', '# a\n', ['# a\n'], ''],
  ['no heading before its newline', '# a', [], '# a'],
  ['nothing while an underline may come', 'a\n--', [], 'a\n--'],
  ['a paragraph before a list', 'a\n- b\n', ['a\n'], '- b\n'],
  ['nothing inside a comment', '<!--\n\na\n\n', [], '<!--\n\na\n\n'],
])('cuts %s', (_name, text, closed, tail) => {
  const segmenter = createSegmenter();
  expect(segmenter.push(text)).toEqual(closed);
  expect(segmenter.tail()).toBe(tail);
});

test('reports a fence only from its complete opening line to its end', () => {
  const segmenter = createSegmenter();
  segmenter.push('```j');
  expect(segmenter.openFence()).toBeUndefined();
  segmenter.push('s\ncode');
  expect(segmenter.openFence()).toEqual({ headLength: 6, marker: '```' });
  segmenter.push('\n``');
  expect(segmenter.openFence()).toBeDefined();
  segmenter.push('`\n');
  expect(segmenter.openFence()).toBeUndefined();
});
