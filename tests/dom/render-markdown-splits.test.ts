import { expect, test } from 'vitest';
import { createMarkdownSink, renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { createMath } from '../../lib/render/typeset.ts';
import { createNoise, createRandom, documents, splitRandomly } from './render-corpus.ts';
import { createOptions } from './render-options.ts';

// Formulas too: what is one must not depend on splits either.
const typeset = (tex: string, display: boolean) => createMath(document, tex, display);
const options = createOptions({ typeset });

function renderWhole(text: string): HTMLElement {
  const root = document.createElement('div');
  renderMarkdown(root, text, options);
  return root;
}

function renderParts(parts: readonly string[]): HTMLElement {
  const root = document.createElement('div');
  const sink = createMarkdownSink(root, options);
  for (const part of parts) sink.append(part);
  sink.end();
  return root;
}

function expectSame(parts: readonly string[], whole: HTMLElement, hint: string) {
  const streamed = renderParts(parts);
  if (streamed.isEqualNode(whole)) return;
  expect(streamed.outerHTML, `${hint}\n${JSON.stringify(parts)}`).toBe(whole.outerHTML);
  throw new Error(`nodes differ where their HTML does not: ${hint}\n${JSON.stringify(parts)}`);
}

test.each(documents.map((text, index) => [index, text] as const))(
  'document %i ends the same however it was split',
  (index, text) => {
    const whole = renderWhole(text);
    for (let at = 1; at < text.length; at++) {
      expectSame([text.slice(0, at), text.slice(at)], whole, `document ${index} split at ${at}`);
    }
    expectSame([...text], whole, `document ${index} by character`);
  },
);

test('documents in a row end the same at random splits', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  for (let round = 0; round < 60; round++) {
    const picked = Array.from({ length: 4 }, () => documents[Math.floor(random() * documents.length)] ?? '');
    const text = picked.join(random() < 0.5 ? '\n\n' : '\n');
    const whole = renderWhole(text);
    expectSame(splitRandomly(text, random, 30), whole, `seed ${seed} round ${round}`);
  }
});

test('noise ends the same at random splits, and never throws', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  for (let round = 0; round < 300; round++) {
    const text = createNoise(random, 40);
    const whole = renderWhole(text);
    expectSame(splitRandomly(text, random), whole, `seed ${seed} round ${round}`);
  }
});
