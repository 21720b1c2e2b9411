import { expect, test } from 'vitest';
import { createPlainSink } from '../../lib/render/plain-sink.ts';
import { createRandom, splitRandomly } from './render-corpus.ts';

function render(parts: readonly string[]): HTMLElement {
  const root = document.createElement('div');
  const sink = createPlainSink(root);
  for (const part of parts) sink.append(part);
  sink.end();
  return root;
}

function paragraphs(parts: readonly string[]): string[] {
  return [...render(parts).children].map((element) => element.textContent);
}

test('blank lines part paragraphs, single line ends stay in them', () => {
  expect(paragraphs(['one\ntwo\n\nthree\n\n\n\nfour\n'])).toEqual(['one\ntwo', 'three', 'four']);
  expect(paragraphs(['\n\none'])).toEqual(['one']);
  expect(paragraphs([''])).toEqual([]);
});

test('marks and tags are text', () => {
  const root = render(['**a** <b>x</b> &amp;']);
  expect(root.textContent).toBe('**a** <b>x</b> &amp;');
  expect(root.querySelectorAll('*')).toHaveLength(1);
});

test('each paragraph keeps one text node while it grows', () => {
  const root = document.createElement('div');
  const sink = createPlainSink(root);
  sink.append('one');
  const text = root.firstChild?.firstChild;
  sink.append(' more\n');
  sink.append('line');
  expect(root.firstChild?.childNodes).toHaveLength(1);
  expect(root.firstChild?.firstChild).toBe(text);
  sink.append('\n\ntwo');
  expect(text?.nodeValue).toBe('one more\nline');
  expect(root.children).toHaveLength(2);
});

test('the result does not depend on the split', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  const text = 'one\r\ntwo\r\n\r\nthree\n\n\nfour \r five\n\n\n\nsix 🎉\n\n';
  const whole = render([text]);
  expect(whole.children).toHaveLength(4);
  for (let round = 0; round < 100; round++) {
    const parts = splitRandomly(text, random, 5);
    expect(render(parts).isEqualNode(whole), `seed ${seed}: ${JSON.stringify(parts)}`).toBe(true);
  }
});
