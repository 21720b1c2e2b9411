// The examples of the specifications against the structure that they ask for, whole and streamed.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import { expect, test } from 'vitest';
import { createMarkdownSink, renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { type Example, readCommonMark } from '../fixtures/commonmark.ts';
import { readGfm } from '../fixtures/gfm.ts';
import {
  commonMarkDifferences,
  type Difference,
  gfmDifferences,
  isDifferent,
} from '../fixtures/unsupported.ts';
import { createRandom, splitRandomly } from './render-corpus.ts';
import { createOptions } from './render-options.ts';
import { describeTree, parseHtml } from './render-reference.ts';

const options = createOptions();
const ROUNDS = 5;

function render(markdown: string): HTMLElement {
  const root = document.createElement('div');
  renderMarkdown(root, markdown, options);
  return root;
}

/** Raw HTML is text with us; this peer does the same. */
function renderAsText(markdown: string): HTMLElement {
  const element = createElement(Markdown, { urlTransform: (url: string) => url }, markdown);
  return parseHtml(renderToStaticMarkup(element));
}

/** Whether HTML that stands in the markdown comes out as such. */
function hasRawHtml({ markdown, html }: Example): boolean {
  const tags = markdown.match(/<(?:[a-z/][^<>\s:@]*[\s>/]|[!?])/gi) ?? [];
  return tags.some((tag) => html.includes(tag));
}

function compare(example: Example): { ours: string; reference: string } {
  const isRaw = hasRawHtml(example);
  const reference = isRaw ? renderAsText(example.markdown) : parseHtml(example.html);
  return {
    ours: describeTree(render(example.markdown), isRaw),
    reference: describeTree(reference, isRaw),
  };
}

function check(name: string, examples: Example[], differences: readonly Difference[]) {
  test.each(examples.map((example) => [example.number, example.section, example] as const))(
    `${name} %i, %s`,
    (number, _section, example) => {
      const { ours, reference } = compare(example);
      if (isDifferent(differences, number))
        expect(ours, 'equal by now: take it off the list').not.toBe(reference);
      else expect(ours, JSON.stringify(example.markdown)).toBe(reference);
    },
  );

  test(`${name}, streamed in random splits`, () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const random = createRandom(seed);
    for (const { number, markdown } of examples) {
      const whole = render(markdown);
      for (let round = 0; round < ROUNDS; round++) {
        const parts = splitRandomly(markdown, random, 6);
        const root = document.createElement('div');
        const sink = createMarkdownSink(root, options);
        for (const part of parts) sink.append(part);
        sink.end();
        const hint = `seed ${seed}, example ${number}: ${JSON.stringify(parts)}`;
        if (!root.isEqualNode(whole)) expect(root.outerHTML, hint).toBe(whole.outerHTML);
      }
    }
  });
}

check('CommonMark', readCommonMark(), commonMarkDifferences);
check('GFM', readGfm(), gfmDifferences);

test('the lists of examples are whole', () => {
  expect(readCommonMark()).toHaveLength(652);
  expect(commonMarkDifferences.flatMap(({ examples }) => examples).length).toBeLessThan(15);
});
