// Selections across shadow trees, drawings, and what is left alone in them.
import { beforeEach, describe, expect, it } from 'vitest';
import { type Collection, collectSpans } from '../../lib/translate/collect.ts';
import { readSelection } from '../../lib/translate/selection.ts';
import { Span } from '../../lib/translate/span.ts';
import { at, setPage } from './page-worker.ts';
import { collectRanges, USUALLY_LEFT } from './translate-support.ts';

const limits = { maxChars: 10_000, leftAlone: USUALLY_LEFT };
const texts = (collection: Collection) => collection.segments.map((segment) => segment.text);

function collect(selector = 'body'): string[] {
  const range = document.createRange();
  range.selectNodeContents(at(selector));
  return texts(collectRanges([range], limits));
}

/** Gives `selector` an open shadow tree from a fixture's markup. */
function attach(selector: string, markup: string): ShadowRoot {
  const root = at(selector).attachShadow({ mode: 'open' });
  const parsed = new DOMParser().parseFromString(markup, 'text/html');
  root.append(...parsed.head.childNodes, ...parsed.body.childNodes);
  return root;
}

function textOf(parent: ParentNode, selector: string): Text {
  const node = parent.querySelector(selector)?.firstChild;
  if (!(node instanceof Text)) throw new Error(`no text in ${selector}`);
  return node;
}

beforeEach(() => document.body.replaceChildren());

describe('open shadow trees', () => {
  it('are read where they are drawn, slotted nodes in their slots', () => {
    setPage(
      `<p>Before</p><x-card><b slot="title">Title</b>Rest <i>in line</i><u slot="none">lost</u></x-card><p>After</p>`,
    );
    attach(
      'x-card',
      '<h2><slot name="title">None</slot></h2><p>Own</p><div><slot></slot></div><p><slot name="x">Instead</slot></p>',
    );
    expect(collect()).toEqual(['Before', 'Title', 'Own', 'Rest <1>in line</1>', 'Instead', 'After']);
  });

  it('without blocks in them are part of their line', () => {
    setPage('<p>A <x-word></x-word> here</p>');
    const root = attach('x-word', '<style>b { color: red }</style><b>word</b>');
    const range = document.createRange();
    range.selectNodeContents(at('p'));
    const { segments } = collectRanges([range], limits);
    expect(texts({ segments, truncated: false })).toEqual(['A <1><2>word</2></1> here']);
    expect(segments[0]?.pieces[1]?.[0]?.node).toBe(textOf(root, 'b'));
    expect(segments[0]?.isMostOfBlock).toBe(true);
  });

  it('are read as far as a selection that begins or ends in them reaches', () => {
    setPage('<p id="a">Before it</p><x-outer></x-outer><p id="z">After it</p>');
    const outer = attach('x-outer', '<p id="b">One two</p><x-inner></x-inner><p id="d">Five</p>');
    const inner = outer.querySelector('x-inner')?.attachShadow({ mode: 'open' });
    const paragraph = document.createElement('p');
    paragraph.append('Three four');
    inner?.append(paragraph);
    const { firstChild: deep } = paragraph;
    if (!deep) throw new Error('no text');
    const read = (startContainer: Node, startOffset: number, endContainer: Node, endOffset: number) =>
      texts(collectSpans([new Span({ startContainer, startOffset, endContainer, endOffset })], limits));
    expect(read(textOf(document, '#a'), 7, deep, 5)).toEqual(['it', 'One two', 'Three']);
    expect(read(deep, 6, textOf(document, '#z'), 5)).toEqual(['four', 'Five', 'After']);
    expect(read(textOf(outer, '#b'), 4, textOf(outer, '#d'), 4)).toEqual(['two', 'Three four', 'Five']);
    expect(read(deep, 0, deep, 5)).toEqual(['Three']);
  });

  it('that are left alone stay so, and so does what is slotted there', () => {
    setPage('<p>Before</p><div translate="no"><x-a></x-a></div><x-b><p>slotted</p></x-b>');
    const root = attach('x-a', '<p>own</p>');
    attach('x-b', '<div class="notranslate"><slot></slot></div>');
    expect(collect()).toEqual(['Before']);
    const range = document.createRange();
    range.selectNodeContents(root);
    expect(texts(collectRanges([range], limits))).toEqual([]);
  });

  it('are asked for one by one, from the host that hides an end', () => {
    setPage('<x-outer></x-outer>');
    const outer = attach('x-outer', '<x-inner></x-inner>');
    const inner = outer.querySelector('x-inner')?.attachShadow({ mode: 'open' });
    inner?.append('Deep words');
    const [words, host] = [inner?.firstChild, at('x-outer')];
    if (!inner || !words) throw new Error('no words');
    const ends = (node: Node, from: number, to: number) => ({
      startContainer: node,
      startOffset: from,
      endContainer: node,
      endOffset: to,
    });
    const asked: number[] = [];
    const selection = {
      rangeCount: 1,
      getComposedRanges({ shadowRoots }: { shadowRoots: ShadowRoot[] }) {
        asked.push(shadowRoots.length);
        if (shadowRoots.includes(inner)) return [ends(words, 5, 10)];
        if (shadowRoots.includes(outer)) return [ends(outer, 0, 1)];
        return [ends(host.parentNode ?? host, 0, 1)];
      },
    };
    const spans = readSelection({ getSelection: () => selection } as unknown as Document);
    expect(asked).toEqual([0, 1, 2]);
    expect(texts(collectSpans(spans, limits))).toEqual(['words']);
  });
});

describe('drawings', () => {
  it('have their texts as blocks, spans as marks', () => {
    setPage(`<p>Before</p><svg><title>no</title><defs><text>no</text></defs><g><text>Depth of <tspan>the water</tspan></text>
      <a href="#a"><text>Width</text></a><text>1.2</text></g><foreignObject><p>Inside</p></foreignObject></svg>`);
    expect(collect()).toEqual(['Before', 'Depth of <1>the water</1>', 'Width', 'Inside']);
  });

  it('between words are a sign', () => {
    setPage('<p>Press <svg><text>Play</text></svg> to go on</p>');
    expect(collect()).toEqual(['Press <1/> to go on']);
  });

  it('in units of their own have no text that is too small', () => {
    setPage('<svg viewBox="0 0 1 1"><text style="font-size: 0.1px">Tiny by number</text></svg>');
    expect(collect()).toEqual(['Tiny by number']);
  });
});

describe('structures', () => {
  it('each part of a table, a list of terms, a figure and an open disclosure is a block', () => {
    setPage(`<table><caption>Rivers</caption><tr><th>Name</th><td>Long <b>one</b></td></tr></table>
      <dl><dt>Term</dt><dd>Meaning</dd></dl><figure><img alt=""><figcaption>A bend</figcaption></figure>
      <details open><summary>More</summary>Bare<p>Body</p></details>`);
    expect(collect()).toEqual([
      ...['Rivers', 'Name', 'Long <1>one</1>', 'Term', 'Meaning', 'A bend', 'More', 'Bare', 'Body'],
    ]);
  });

  it('a closed disclosure has its summary', () => {
    setPage('<details><summary>More</summary><p>Body</p></details>');
    expect(collect()).toEqual(['More']);
  });

  it('lines of a poem stay lines', () => {
    setPage('<p style="white-space: pre-line">One\ntwo</p><div style="white-space: pre">a  b\nc</div>');
    expect(collect()).toEqual(['One\ntwo', 'a  b\nc']);
  });

  it('a letter in preformatted text is prose, code is not', () => {
    const letter = `Dear list,\n\nthe bend below the mill has moved again, and nobody can say\nwhether it will hold through the winter. See the <a href="#a">old notes</a>.\n`;
    const code = `import { river } from './river.ts';\n\nfunction bend(river) {\n  const width = river.width;\n  if (width > 3) {\n    return river.bends;\n  }\n  return [];\n}\n`;
    setPage(`<pre>${letter}</pre><pre>${code}</pre><pre class="language-text">${letter}</pre>`);
    expect(collect()).toEqual([expect.stringMatching(/^Dear list,\n\nthe bend .*<1>old notes<\/1>\.$/s)]);
  });
});

describe('the same in every language', () => {
  for (const text of [
    'https://example.org/a/b?c=d',
    '(www.example.org/path)',
    'example.org',
    'someone@example.org',
    '<someone@example.org>',
    'mailto:someone@example.org',
    '+49 30 123456',
    '1,234.50 €',
  ])
    it(`${text} alone is not sent`, () => {
      setPage('<p>Before</p><p id="x"></p>');
      at('#x').textContent = text;
      expect(collect()).toEqual(['Before']);
    });

  for (const text of [
    'See example.org',
    'Write to someone@example.org',
    'Ends. Begins',
    '3 km',
    'He said:so',
  ])
    it(`${text} is`, () => {
      setPage('<p id="x"></p>');
      at('#x').textContent = text;
      expect(collect()).toEqual([text]);
    });

  it('an address in a link is not sent either', () => {
    setPage('<ul><li><a href="#a">https://example.org</a></li><li>Words</li></ul>');
    expect(collect()).toEqual(['Words']);
  });
});
