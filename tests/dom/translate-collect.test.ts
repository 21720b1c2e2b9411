import { beforeEach, describe, expect, it } from 'vitest';
import { type Collection, collectSpans } from '../../lib/translate/collect.ts';
import { readSelection } from '../../lib/translate/selection.ts';
import { collectRanges } from './translate-support.ts';

/** Builds a page from a fixture's markup; test code, so a parser is fine. */
function setPage(markup: string): void {
  const parsed = new DOMParser().parseFromString(markup, 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
}

function find(selector: string): Element {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`no ${selector} in the fixture`);
  return element;
}

function textIn(selector: string, index = 0): Text {
  const node = find(selector).childNodes[index];
  if (!(node instanceof Text)) throw new Error(`no text at ${index} of ${selector}`);
  return node;
}

function collect(selector = 'body', maxChars = 10_000): Collection {
  const range = document.createRange();
  range.selectNodeContents(find(selector));
  return collectRanges([range], { maxChars });
}

const texts = (collection: Collection) => collection.segments.map((segment) => segment.text);

/** What writing `text` into every piece would put into each node. */
function written(collection: Collection, mark: string): string[] {
  return collection.segments.flatMap((segment) =>
    segment.pieces.flatMap((places) =>
      places.map(({ prefix, suffix }, index) => prefix + (index === 0 ? mark : '') + suffix),
    ),
  );
}

beforeEach(() => document.body.replaceChildren());

describe('segments', () => {
  it('are blocks in reading order', () => {
    setPage(`<h1>Streams</h1><div><p>One
      two.</p><ul><li>First</li><li>Second <ul><li>Deep</li></ul> tail</li></ul></div>
      <table><tr><td>Cell</td><th>Head</th></tr></table><p>Last</p>`);
    const collection = collect();
    expect(texts(collection)).toEqual([
      'Streams',
      'One two.',
      'First',
      'Second',
      'Deep',
      'tail',
      'Cell',
      'Head',
      'Last',
    ]);
    expect(collection.segments.map((segment) => segment.block.localName)).toEqual([
      ...['h1', 'p', 'li', 'li', 'li', 'li', 'td', 'th', 'p'],
    ]);
    expect(collection.segments.map((segment) => segment.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(collection.truncated).toBe(false);
  });

  it('carry inline elements as numbered marks', () => {
    setPage('<p>Hello <a href="#a">world</a> and <em>more <b>deep</b> x</em>.</p>');
    const [segment] = collect().segments;
    expect(segment?.text).toBe('Hello <1>world</1> and <2>more <3>deep</3> x</2>.');
    expect(segment?.pieces.map(([place]) => place?.node.data)).toEqual([
      ...['Hello ', 'world', ' and ', 'more ', 'deep', ' x', '.'],
    ]);
  });

  it('need no mark for an element around the whole line, nor for an empty one', () => {
    setPage('<p> <span><a href="#a">All of it</a></span> </p><p>Some<i></i> <b> </b>text</p>');
    expect(texts(collect())).toEqual(['All of it', 'Some text']);
  });

  it('reach through an inline element that holds blocks', () => {
    setPage('<div><a href="#a">Before <div>Card</div> after</a></div>');
    const collection = collect();
    expect(texts(collection)).toEqual(['Before', 'Card', 'after']);
    expect(collection.segments[0]?.block).toBe(find('body > div'));
  });

  it('are parted by two line breaks and joined by one', () => {
    setPage('<p>One<br>two<br><br>Three</p>');
    expect(texts(collect())).toEqual(['One<1/>two', 'Three']);
  });

  it('keep white space where it is shown, and collapse it elsewhere', () => {
    setPage('<p style="white-space: pre-wrap">a  b\n c</p><p>\n  a  b\n c \n</p>');
    expect(texts(collect())).toEqual(['a  b\n c', 'a b c']);
  });

  it('join text nodes that stand side by side', () => {
    setPage('<p>Hello <!-- note -->world</p>');
    const [segment] = collect().segments;
    expect(segment?.text).toBe('Hello world');
    expect(segment?.pieces.map((places) => places.length)).toEqual([2]);
  });

  it('number above what looks like a mark in the page', () => {
    setPage('<p>Write &lt;3> then <b>bold</b></p>');
    expect(texts(collect())).toEqual(['Write <3> then <4>bold</4>']);
  });

  it('leave out invisible characters', () => {
    setPage(
      '<p>He\u200Bl\u{E0041}lo\u202E \u00ADthere, \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645</p>',
    );
    expect(texts(collect())).toEqual(['Hello there, \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645']);
  });

  it('empty a reading aid without sending it', () => {
    setPage('<p>これは<ruby>漢字<rt>かんじ</rt></ruby>です</p>');
    const [segment] = collect().segments;
    expect(segment?.text).toBe('これは<1>漢字</1>です');
    expect(segment?.pieces[1]?.map((place) => place.node.data)).toEqual(['漢字', 'かんじ']);
  });
});

describe('a selection inside text', () => {
  it('is only what is selected', () => {
    setPage('<p id="a">Before one two</p><p>Middle</p><p id="b">three four after</p>');
    const range = document.createRange();
    range.setStart(textIn('#a'), 6);
    range.setEnd(textIn('#b'), 10);
    const collection = collectRanges([range], { maxChars: 1000 });
    expect(texts(collection)).toEqual(['one two', 'Middle', 'three four']);
    expect(written(collection, 'X')).toEqual(['Before X', 'X', 'X after']);
    // Six letters of twelve are half, not most.
    expect(collection.segments.map((segment) => segment.isMostOfBlock)).toEqual([false, true, true]);
  });

  it('that holds a list whole holds the item around it whole', () => {
    setPage('<ul><li id="a">Item<ul><li>with a long inner list</li><li>in it</li></ul></li></ul>');
    expect(collect().segments.map((segment) => segment.isMostOfBlock)).toEqual([true, true, true]);
    const range = document.createRange();
    range.selectNode(textIn('#a'));
    expect(collectRanges([range], { maxChars: 1000 }).segments[0]?.isMostOfBlock).toBe(false);
  });

  it('is most of a block whose other words cannot be translated', () => {
    for (const markup of [
      '<form>Why <button>Throw it into the river</button></form>',
      '<p>Sort <select><option>Rowing boat<option>Sailing boat</select></p>',
      '<p>Read <span hidden>what is not to be seen</span> it</p>',
      '<p>Call <code>measure(well, bucket, rope)</code></p>',
    ]) {
      setPage(markup);
      expect(collect().segments.map((segment) => segment.isMostOfBlock)).toEqual([true]);
    }
  });

  it('may be a single word of one node', () => {
    setPage('<p id="a">one two three four five</p>');
    const range = document.createRange();
    range.setStart(textIn('#a'), 4);
    range.setEnd(textIn('#a'), 7);
    const collection = collectRanges([range], { maxChars: 1000 });
    expect(texts(collection)).toEqual(['two']);
    expect(written(collection, 'X')).toEqual(['one X three four five']);
    expect(collection.segments[0]?.isMostOfBlock).toBe(false);
  });

  it('may lie in an inline element', () => {
    setPage('<p>See <a id="a" href="#a">the long manual</a> now</p>');
    const range = document.createRange();
    range.setStart(textIn('#a'), 4);
    range.setEnd(textIn('#a'), 8);
    const [segment] = collectRanges([range], { maxChars: 1000 }).segments;
    expect(segment?.text).toBe('long');
    expect(segment?.block.localName).toBe('p');
  });

  it('is read from the page itself', () => {
    setPage('<p>One</p><p>Two</p>');
    const selection = document.getSelection();
    if (!selection) throw new Error('no selection');
    selection.selectAllChildren(document.body);
    expect(texts(collectSpans(readSelection(document), { maxChars: 100, leftAlone: '' }))).toEqual([
      'One',
      'Two',
    ]);
  });
});

describe('left alone', () => {
  it('code inside a line travels as a void mark', () => {
    setPage('<p>Run <code>ls -l</code> or <kbd>Ctrl</kbd> and <img alt=""> go <b><code>x</code></b> on.</p>');
    expect(texts(collect())).toEqual(['Run <1/> or <2/> and <3/> go <4/> on.']);
  });

  const skipped: [name: string, markup: string][] = [
    ['pre', '<pre>text</pre>'],
    ['code of its own', '<div><code>text</code></div>'],
    ['script and style', '<script type="x">text</script><style>text{}</style><noscript>text</noscript>'],
    [
      'form fields',
      '<textarea>text</textarea><input value="text"><select><option>text</select><button>text</button>',
    ],
    ['translate=no', '<p translate="no">text</p>'],
    ['notranslate', '<p class="notranslate">text</p>'],
    ['editable text', '<div contenteditable>text</div>'],
    ['math', '<math><mi>text</mi></math><span class="katex">text</span>'],
    ['a drawing without words', '<svg><title>text</title><text>42</text><path d=""/></svg>'],
    ['display: none', '<p style="display: none">text</p>'],
    ['hidden', '<p hidden>text</p>'],
    ['visibility: hidden', '<p style="visibility: hidden">text</p>'],
    ['opacity: 0', '<div style="opacity: 0"><p>text</p></div>'],
    ['tiny text', '<p style="font-size: 1px">text</p>'],
    ['no letters', '<p>12:30 – 42 %</p>'],
  ];
  for (const [name, markup] of skipped) {
    it(name, () => {
      setPage(`<p>Before</p>${markup}<p>After</p>`);
      expect(texts(collect())).toEqual(['Before', 'After']);
    });
  }

  it('a selection that lies in such an element', () => {
    setPage('<pre><b>text</b></pre>');
    expect(texts(collect('b'))).toEqual([]);
  });

  it('a page that opts out as a whole is the reader’s to translate', () => {
    setPage('<p>text</p>');
    document.body.className = 'notranslate';
    expect(texts(collect('p'))).toEqual(['text']);
    document.body.className = '';
  });
});

describe('limit', () => {
  it('takes whole segments while there is room and says that more was there', () => {
    setPage('<p>12345a</p><p>12345b</p><p>c</p>');
    expect(collect('body', 12)).toMatchObject({
      truncated: true,
      segments: [{ text: '12345a' }, { text: '12345b' }],
    });
    expect(collect('body', 13).truncated).toBe(false);
    expect(collect('body', 5)).toEqual({ truncated: true, segments: [] });
  });

  it('takes no more blocks, and none that is longer, than the wire lets through', () => {
    setPage(Array.from({ length: 502 }, (_, index) => `<p>Line ${index}</p>`).join(''));
    expect(collect('body', 100_000)).toMatchObject({ truncated: true, segments: { length: 500 } });
    setPage(`<p>Before</p><p>${'a word '.repeat(3000)}</p><p>After</p>`);
    const collection = collect('body', 100_000);
    expect([texts(collection), collection.truncated]).toEqual([['Before', 'After'], true]);
  });
});
