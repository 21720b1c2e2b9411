// Nothing that a model writes becomes more than the elements of an answer, at any moment of its stream.
import { expect, test, vi } from 'vitest';
import { colourFigure } from '../../lib/render/colour.ts';
import { findRuns } from '../../lib/render/highlight.ts';
import { createMarkdownSink, renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { createMath } from '../../lib/render/typeset.ts';
import { createHostile } from '../fixtures/hostile.ts';
import { findHarm } from './render-allowed.ts';
import { createNoise, createRandom, documents, splitRandomly } from './render-corpus.ts';
import { createOptions } from './render-options.ts';

const options = createOptions({
  typeset: (tex, display) => createMath(document, tex, display),
  // Colours at once: an answer as it stands when everything has been done to it.
  finished(elements) {
    for (const element of elements)
      for (const figure of [element, ...element.querySelectorAll('figure.code')])
        if (figure.matches('figure.code')) colourFigure(figure, findRuns);
  },
});

const hostile = createHostile();
const PARTS = 4;
/** In each test, so that none takes long on a busy machine. */
const TEXTS = 250;

function stream(text: string, parts: readonly string[], hint: string): HTMLElement {
  const root = document.createElement('div');
  const sink = createMarkdownSink(root, options);
  for (const part of parts) {
    sink.append(part);
    expect(findHarm(root), `${hint}: ${JSON.stringify(text)}`).toBeUndefined();
  }
  sink.end();
  expect(findHarm(root), `${hint}: ${JSON.stringify(text)}`).toBeUndefined();
  return root;
}

test('there are a thousand hostile texts at least', () => {
  expect(hostile.length).toBeGreaterThanOrEqual(1000);
});

const starts = Array.from({ length: Math.ceil(hostile.length / TEXTS) }, (_, index) => index * TEXTS);

test.each(starts)('hostile texts from %i on stay text, whole and streamed', (start) => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  for (const text of hostile.slice(start, start + TEXTS)) {
    const whole = document.createElement('div');
    renderMarkdown(whole, text, options);
    expect(findHarm(whole), JSON.stringify(text)).toBeUndefined();
    const parts = splitRandomly(text, random, Math.ceil((2 * text.length) / PARTS));
    const streamed = stream(text, parts, `seed ${seed}`);
    if (!streamed.isEqualNode(whole))
      expect(streamed.outerHTML, `seed ${seed}: ${text}`).toBe(whole.outerHTML);
  }
});

test('nothing of it runs or is fetched where it is attached to a document', () => {
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  const root = document.createElement('div');
  document.body.append(root);
  for (const text of hostile.slice(0, 400)) {
    root.replaceChildren();
    renderMarkdown(root, text, options);
  }
  root.remove();
  expect(fetched).not.toHaveBeenCalled();
  expect(Object.hasOwn(globalThis, 'hit')).toBe(false);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  vi.unstubAllGlobals();
});

test('hostile texts in noise stay harmless at every step', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  const short = hostile.filter(({ length }) => length < 400);
  for (let round = 0; round < 60; round++) {
    const picked = Array.from({ length: 3 }, () => short[Math.floor(random() * short.length)] ?? '');
    const text = picked.join(createNoise(random, 8));
    stream(text, splitRandomly(text, random, 40), `seed ${seed} round ${round}`);
  }
});

test('the checks would notice', () => {
  const root = document.createElement('div');
  for (const [tag, attribute] of [
    ['script', 'class'],
    ['img', 'src'],
    ['p', 'onclick'],
    ['p', 'style'],
    ['a', 'href'],
    ['p', 'id'],
  ] as const) {
    const element = document.createElement(tag);
    element.setAttribute(attribute, 'javascript:x');
    root.replaceChildren(element);
    expect(findHarm(root), tag).toBeDefined();
  }
});

test('the ordinary corpus uses what is allowed', () => {
  const root = document.createElement('div');
  for (const text of documents) {
    renderMarkdown(root, text, options);
    expect(findHarm(root), text).toBeUndefined();
  }
  const used = new Set([...root.querySelectorAll('*')].map((element) => element.localName));
  for (const name of ['table', 'math', 'sup', 'figure', 'input']) expect([...used]).toContain(name);
});
