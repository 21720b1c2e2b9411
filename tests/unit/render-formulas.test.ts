import { expect, test } from 'vitest';
import { findFormula, findFormulaBlock, findOpening, isHalfFormula } from '../../lib/render/formulas.ts';
import { repairTail } from '../../lib/render/repair.ts';

test.each([
  ['$x$', 'x'],
  ['$x^2$ and more', 'x^2'],
  ['$n$th', 'n'],
  ['$5$', '5'],
  ['$2x + 3$', '2x + 3'],
  ['$10 \\text{ m}$', '10 \\text{ m}'],
  ['$\\$5$', '\\$5'],
  ['$f(x)$.', 'f(x)'],
  ['$$x$$', 'x'],
  ['$$ \\text{$y$} $$', '\\text{$y$}'],
  ['\\(a + b\\) c', 'a + b'],
  ['\\[ E = mc^2 \\]', 'E = mc^2'],
])('%j is the formula %j', (text, tex) => {
  expect(findFormula(text)?.tex).toBe(tex);
});

test.each([
  '$5 and $10',
  '$5-$10',
  '$5, $6 or 7$',
  '$20 a month or 30$ a year',
  '$1,000 in cash$',
  '$ x $',
  '$x',
  '$HOME/$USER',
  '$PATH:$HOME',
  '$',
  '$$',
  '$$$$',
  '\\(\\)',
  '\\[\\\\\\]',
  '$a `b$` c',
  '$a\n\nb$',
  '\\(half',
])('%j is none', (text) => {
  expect(findFormula(text)).toBeUndefined();
});

test('a letter or a number before the mark makes it money', () => {
  expect(findFormula('$5 or x$', 'US')).toBeUndefined();
  expect(findFormula('$x$', 'a')).toBeUndefined();
  expect(findFormula('$x$', '(')?.tex).toBe('x');
});

test('a formula on lines of its own takes their ends along', () => {
  expect(findFormulaBlock('$$\na\n$$\nb')?.raw).toBe('$$\na\n$$\n');
  expect(findFormulaBlock('  \\[a\\]\n\nb')?.raw).toBe('  \\[a\\]\n\n');
  expect(findFormulaBlock('$$a$$ b')).toBeUndefined();
  expect(findFormulaBlock('$$a\n\nb$$')).toBeUndefined();
});

test('a line that opens a formula says what closes it', () => {
  expect(findOpening('$$')).toBe('$$');
  expect(findOpening('$$ x = ')).toBe('$$');
  expect(findOpening('  \\[')).toBe('\\]');
  expect(findOpening('$$x$$')).toBeUndefined();
  expect(findOpening('text $$')).toBeUndefined();
});

test.each([
  ['$E = m', true],
  ['$x', true],
  ['\\(anything', true],
  ['$5', false],
  ['$5 and', false],
  ['$word and words', false],
  ['$ x', false],
])('%j looks like half of a formula: %s', (text, expected) => {
  expect(isHalfFormula(text)).toBe(expected);
});

test.each([
  ['It is $E = m', 'It is '],
  ['It is **$E = m', 'It is '],
  ['It is $5', 'It is $5'],
  ['It is $5 and **so', 'It is $5 and **so**'],
  ['It is $a*b$ *so', 'It is $a*b$ *so*'],
  ['So \\(x +', 'So '],
  ['Thus\n$$\nx = ', 'Thus\n$$\nx =\ue000$$'],
  ['Thus\n$$\nx = 1\n$$', 'Thus\n$$\nx = 1\n$$'],
  ['Thus\n$$', 'Thus\n'],
])('shows %j as %j', (text, shown) => {
  expect(repairTail(text)).toBe(shown);
});
