import type { MarkdownLabels, MarkdownOptions } from '../../lib/render/options.ts';

const labels: MarkdownLabels = {
  copy: 'Copy',
  copied: 'Copied',
  wrap: 'Wrap',
  image: 'image',
  notes: 'Footnotes',
  note: (number) => `Footnote ${number}`,
  back: (number) => `Back from footnote ${number}`,
};

/** What an answer is drawn with in tests; nothing is kept between two calls. */
export function createOptions(more: Partial<MarkdownOptions> = {}): MarkdownOptions {
  return { labels, copyText: () => Promise.resolve(), ...more };
}
