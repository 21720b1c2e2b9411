import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMarkdownSink, renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { createOptions } from './render-options.ts';

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
});

afterEach(() => root.remove());

const items = () => [...root.querySelectorAll('.footnotes li')];
const words = (element: Element | undefined) => element?.textContent.replace('↩\ufe0e', '').trim();

test('footnotes are numbered in the order of their texts and stand behind all blocks', () => {
  renderMarkdown(root, 'A[^b] and B[^a].\n\n[^a]: First.\n[^b]: Second.\n\nThe end.', createOptions());
  expect(items().map(words)).toEqual(['First.', 'Second.']);
  expect([...root.querySelectorAll('sup a')].map((link) => link.textContent)).toEqual(['2', '1']);
  expect(root.lastElementChild?.className).toBe('footnotes');
  expect(root.querySelector('.footnotes')?.getAttribute('aria-label')).toBe('Footnotes');
});

test('a reference leads to its note, and the note back to the one that was followed', () => {
  renderMarkdown(root, 'One[^1] two[^1].\n\n[^1]: Text.', createOptions({ name: '7' }));
  const [first, second] = root.querySelectorAll<HTMLElement>('sup a');
  const back = root.querySelector<HTMLElement>('button.back');
  expect(first?.getAttribute('href')).toBe('#note-7-1');
  expect(root.querySelector('#note-7-1')).toBe(items()[0]);
  back?.click();
  expect(document.activeElement).toBe(first);
  second?.click();
  expect(document.activeElement).toBe(items()[0]);
  back?.click();
  expect(document.activeElement).toBe(second);
});

test('two answers in one document share no id', () => {
  const other = document.createElement('div');
  document.body.append(other);
  for (const [place, name] of [
    [root, '1'],
    [other, '2'],
  ] as const)
    renderMarkdown(place, 'x[^1]\n\n[^1]: y', createOptions({ name }));
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(2);
  other.remove();
});

test('a number without a text yet is small already; other labels stay as they are written', () => {
  renderMarkdown(root, 'A[^1] and [^abc] and `[^2]`.', createOptions());
  expect(root.querySelector('sup')?.textContent).toBe('1');
  expect(root.querySelector('sup a')).toBeNull();
  expect(root.textContent).toContain('[^abc]');
  expect(root.textContent).toContain('[^2]');
});

test('a note shows while it is written', () => {
  const sink = createMarkdownSink(root, createOptions());
  sink.append('A[^1] b[^2].\n\n[^1]: First.\n\n[^2]: Sec');
  expect(items().map(words)).toEqual(['First.', 'Sec']);
  sink.append('ond with **bo');
  expect(items().map(words)).toEqual(['First.', 'Second with bo']);
  sink.append('ld** words.');
  sink.end();
  expect(words(items()[0])).toBe('First.');
  expect(words(items()[1])).toBe('Second with bold words.');
  expect(root.querySelectorAll('sup a')).toHaveLength(2);
});

test('a note may hold more than one block', () => {
  renderMarkdown(
    root,
    'A[^1].\n\n[^1]: First\n    goes on.\n\n    Second.\n\n    - list\n\nNo note.',
    createOptions(),
  );
  expect(items()[0]?.querySelectorAll('p')).toHaveLength(2);
  expect(items()[0]?.querySelectorAll('li')).toHaveLength(1);
  expect(root.querySelector('.group')?.lastElementChild?.textContent).toBe('No note.');
});

test('only the blocks that name a late definition are drawn again', async () => {
  const sink = createMarkdownSink(root, createOptions());
  sink.append('Plain.\n\nSee [one] and [two][one].\n\nPlain as well [x].\n\n');
  const before = [...root.querySelectorAll('p')];
  sink.append('[one]: https://late.example\n\nEnd.');
  sink.end();
  const after = [...root.querySelectorAll('p')];
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[2]).toBe(before[2]);
  expect(root.querySelectorAll('a')).toHaveLength(2);
});
