import { expect, test } from 'vitest';
import { repairTail } from '../../lib/render/repair.ts';

test.each([
  ['plain words', 'plain words'],
  ['some **bold', 'some **bold**'],
  ['some **bold ', 'some **bold** '],
  ['some **', 'some '],
  ['some **bold*', 'some **bold**'],
  ['some **bold** and *em', 'some **bold** and *em*'],
  ['***both', '***both***'],
  ['**bold with *em', '**bold with *em***'],
  ['~~gone', '~~gone~~'],
  ['__bold', '__bold__'],
  ['snake_case', 'snake_case'],
  ['2 * 3', '2 * 3'],
  ['2*3', '2*3'],
  ['日本語の**強調', '日本語の**強調**'],
  ['a `code', 'a `code`'],
  ['a `', 'a '],
  ['a ``co`de', 'a ``co`de``'],
  ['`a` **b', '`a` **b**'],
  ['`**` b', '`**` b'],
  ['**a `b', '**a `b`**'],
  ['see [text', 'see text'],
  ['see [text]', 'see text'],
  ['see [text](https://exa', 'see text'],
  ['see [text](https://e.com)', 'see [text](https://e.com)'],
  ['**see [text](https://e', '**see text**'],
  ['note [1]', 'note [1]'],
  ['an ![image](https://e', 'an '],
  ['- item\n- **bo', '- item\n- **bo**'],
  ['- **open\n- next', '- **open\n- next'],
  ['* item', '* item'],
  ['- [', '- '],
  ['- [x', '- '],
  ['- [x] done', '- [x] done'],
  ['text\n-', 'text\n'],
  ['text\n---', 'text\n'],
  ['text\n==', 'text\n'],
  ['text\n1', 'text\n'],
  ['text\n1.', 'text\n'],
  ['42', '42'],
  ['text\n##', 'text\n'],
  ['text\n```py', 'text\n'],
  ['text\n``', 'text\n'],
  ['[ref]: https://exa', ''],
  ['\\*not', '\\*not'],
  ['two lines **with\nbold', 'two lines **with\nbold**'],
  ['| a | b', '| a | b |\n|---|---|'],
  ['| a | b |\n|--', '| a | b |\n|---|---|'],
  ['| a | b |\n', '| a | b |\n|---|---|'],
])('shows %j as %j', (text, shown) => {
  expect(repairTail(text)).toBe(shown);
});

// No clock here: what is quadratic in the text runs into the time limit of the test.
test.each(['*a ', '**', '[', '![', '`', '`` ` ', '_a', '~~a ', '[a](', '|', '\\', '<a '])(
  'ends on a long run of %j',
  (mark) => {
    const text = `lead ${mark.repeat(Math.ceil(200_000 / mark.length))}`;
    expect(repairTail(text)).toContain('lead');
    expect(repairTail(text.slice(0, 3900))).toContain('lead');
  },
);
