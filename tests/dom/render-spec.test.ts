import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import { expect, test } from 'vitest';
import { type Example, readCommonMark } from '../fixtures/commonmark.ts';
import { createOptions } from './render-options.ts';
import { renderMarkdown } from '../../lib/render/markdown-sink.ts';
import { describeTree, parseHtml } from './render-reference.ts';

const options = createOptions();

/** Raw HTML is text with us; this peer does the same. */
function renderAsText(markdown: string): HTMLElement {
  const element = createElement(Markdown, { urlTransform: (url: string) => url }, markdown);
  return parseHtml(renderToStaticMarkup(element));
}

function hasRawHtml({ markdown, html }: Example): boolean {
  const tags = markdown.match(/<(?:[a-z/][^<>\s:@]*[\s>/]|[!?])/gi) ?? [];
  return tags.some((tag) => html.includes(tag));
}

test.each(readCommonMark().map((example) => [example.number, example.section, example] as const))('CommonMark %i, %s', (_number, _section, example) => {
  const root = document.createElement('div');
  renderMarkdown(root, example.markdown, options);
  const reference = hasRawHtml(example) ? renderAsText(example.markdown) : parseHtml(example.html);
  const a=describeTree(root), b=describeTree(reference);
  if (a!==b) console.log(`#${example.number} ${JSON.stringify(example.markdown)}\n  ref ${JSON.stringify(b)}\n  our ${JSON.stringify(a)}`);
  expect(a).toBe(b);
});
