import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThinkSplitter, splitThink } from '../../lib/engine/think.ts';

/** What a view shows in the end that follows a splitter. */
function follow(pieces: readonly string[]) {
  const splitter = createThinkSplitter();
  const shown = { reasoning: '', text: '' };
  for (const { reasoning, text, moved } of [...pieces.map((piece) => splitter.feed(piece)), splitter.end()]) {
    shown.reasoning += reasoning;
    shown.text = (moved ? '' : shown.text) + text;
  }
  return shown;
}

const CASES: [name: string, whole: string, reasoning: string, text: string][] = [
  ['no tags', 'Just text.', '', 'Just text.'],
  ['nothing', '', '', ''],
  ['white space', ' \n', '', ' \n'],
  ['both tags', '<think>\nhm\n</think>\n\nSo.', '\nhm\n', 'So.'],
  ['white space before', '\n <think>hm</think>So.', 'hm', 'So.'],
  ['an empty thought', '<think>\n\n</think>\n\nSo.', '\n\n', 'So.'],
  ['the longer tag', '<thinking>hm</thinking>So.', 'hm', 'So.'],
  ['no end yet', '<think>hm', 'hm', ''],
  ['half an end', '<think>hm</thi', 'hm</thi', ''],
  ['the end is the last thing', '<think>hm</think>', 'hm', ''],
  ['an end only', 'hm\n</think>\n\nSo.', 'hm\n', 'So.'],
  ['an end only, glued to both sides', 'hm.</think>So.', 'hm.', 'So.'],
  ['an end only, and nothing after it', 'hm.</think>', 'hm.', ''],
  ['an end first of all', '</think>So.', '', 'So.'],
  ['an opening later', 'So <think>hm</think> yes', '', 'So <think>hm</think> yes'],
  ['a quoted end inside', '<think>the `</think>` tag</think>So.', 'the `</think>` tag', 'So.'],
  ['a quoted end in an answer', 'Write `</think>` at the end.', '', 'Write `</think>` at the end.'],
  ['an end in a sentence of an answer', 'The </think> tag ends it.', '', 'The </think> tag ends it.'],
  ['an end in code of an answer', '```\n<think>\n</think>\n```\nSo.', '', '```\n<think>\n</think>\n```\nSo.'],
  ['a second end', '<think>a</think>b</think>c', 'a', 'b</think>c'],
  ['another tag', '<thinker>a</thinker>', '', '<thinker>a</thinker>'],
];

describe('reasoning between tags', () => {
  it.each(CASES)('%s', (_, whole, reasoning, text) => {
    expect(splitThink(whole)).toEqual({ reasoning, text });
    expect(follow([whole])).toEqual({ reasoning, text });
    expect(follow([...whole])).toEqual({ reasoning, text });
    for (let at = 0; at <= whole.length; at++) {
      expect(follow([whole.slice(0, at), whole.slice(at)]), `split at ${at}`).toEqual({ reasoning, text });
    }
  });

  it('is the same in every split', () => {
    const word = fc.constantFrom(
      '<think>',
      '</think>',
      '<thinking>',
      '</thinking>',
      'a',
      ' ',
      '\n',
      '`',
      '```\n',
      '<',
      '</',
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.array(fc.nat(8), { maxLength: 30 }),
        (words, lengths) => {
          const whole = words.join('');
          const pieces = [];
          let at = 0;
          for (const length of lengths) {
            pieces.push(whole.slice(at, at + length));
            at += length;
          }
          expect(follow([...pieces, whole.slice(at)])).toEqual(splitThink(whole));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('shows text as it comes, and moves it when only the end of the thought comes', () => {
    const splitter = createThinkSplitter();
    expect(splitter.feed('hm, ')).toEqual({ reasoning: '', text: 'hm, ', moved: false });
    expect(splitter.feed('yes\n</think>')).toEqual({ reasoning: '', text: 'yes\n', moved: false });
    expect(splitter.feed('\nSo')).toEqual({ reasoning: 'hm, yes\n', text: 'So', moved: true });
    expect(splitter.feed(' it is')).toEqual({ reasoning: '', text: ' it is', moved: false });
  });

  it('does not believe an end that comes very late', () => {
    const whole = `${'a'.repeat(64 * 1024 + 1)}</think>b`;
    expect(splitThink(whole)).toEqual({ reasoning: '', text: whole });
    expect(follow(whole.match(/[\s\S]{1,4096}/g) ?? [])).toEqual({ reasoning: '', text: whole });
  });
});
