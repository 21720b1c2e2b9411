// Pages → their readable text. What runs in the page is tried here too: it hands out what is in sight.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blockText } from '../../lib/context/block-text.ts';
import { cleanText } from '../../lib/context/clean-text.ts';
import { cutText } from '../../lib/context/cut-text.ts';
import { readableText } from '../../lib/context/readable-text.ts';
import { takePage } from '../../lib/context/take-page.ts';
import { estimateTokens } from '../../lib/engine/stats.ts';

const SENTENCE = 'The river finds its way through the valley, and none of it is ever lost on the way. ';
const ARTICLE = Array.from({ length: 12 }, () => `<p>${SENTENCE.repeat(4)}</p>`).join('');

const page = (body: string) =>
  `<!doctype html><html><head><title>T</title></head><body>${body}</body></html>`;

describe('readable text', () => {
  it('is the article, without menus and footers', () => {
    const links = Array.from({ length: 20 }, (_, n) => `<li><a href="#">Menu ${n}</a></li>`).join('');
    const text = readableText(
      page(`<nav><ul>${links}</ul></nav><article><h1>Rain</h1>${ARTICLE}</article><footer>Imprint</footer>`),
    );
    expect(text).toContain(SENTENCE.trim());
    expect(text).not.toContain('Menu 3');
    expect(text).not.toContain('Imprint');
  });

  it('is all of a page that is no article', () => {
    const text = readableText(
      page(
        '<main><h2>Prices</h2><table><tr><th>Thing</th><th>Cost</th></tr><tr><td>Tea</td><td>2</td></tr></table></main>',
      ),
    );
    expect(text).toBe('## Prices\n\nThing | Cost\nTea | 2');
  });

  it('runs nothing and loads nothing', () => {
    const hostile = '<img src="x" onerror="globalThis.hacked = 1"><script>globalThis.hacked = 1</script>';
    expect(readableText(page(`<main>${hostile}<p>Safe</p></main>`))).toBe('Safe');
    expect(globalThis).not.toHaveProperty('hacked');
  });

  it.each(['', '<p>', '<main></main>', '<frameset>', '\u0000'])('of nothing is nothing: %j', (html) => {
    expect(readableText(html)).toBe('');
  });
});

describe('text of blocks', () => {
  const textOf = (html: string) => {
    const root = document.createElement('div');
    root.append(new DOMParser().parseFromString(html, 'text/html').body);
    return blockText(root);
  };
  it.each([
    ['<p>One  two\n three</p><p>Four</p>', 'One two three\n\nFour'],
    ['<p>a <b>bold</b> word</p>', 'a bold word'],
    ['<p>un<b>broken</b></p>', 'unbroken'],
    ['<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>', '- one\n- two\n- deep'],
    ['<ol><li>one</li><li>two</li></ol>', '1. one\n2. two'],
    ['<h2>Head</h2>text', '## Head\n\ntext'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['a<br>b', 'a\nb'],
    ['<div><div><div>nested</div></div></div><div>next</div>', 'nested\nnext'],
    ['<p> </p><p>only</p><p></p>', 'only'],
  ])('%s', (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it('of a large page takes no longer than it is', () => {
    const text = textOf('<p>word</p>'.repeat(20_000));
    expect(text).toHaveLength(20_000 * 6 - 2);
  });
});

describe('clean text', () => {
  it.each([
    ['tag characters', 'a\u{e0049}\u{e0067}b', 'ab'],
    ['zero-width spaces and bidi controls', 'a\u200b\u202eb\u2066c\ufeff', 'abc'],
    ['control characters', 'a\u0000\u0007\u001bb', 'ab'],
    ['soft hyphens', 'a\u00adb', 'ab'],
    ['private planes', 'a\u{100041}b', 'ab'],
  ])('has no %s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
  it('keeps what scripts and emoji need', () => {
    for (const text of ['می\u200cخواهم', 'क\u094d\u200dष', '👩\u200d🚀', '❤\ufe0f'])
      expect(cleanText(text)).toBe(text);
  });
});

describe('cut text', () => {
  it('stays below its tokens, and ends where a sentence does', () => {
    const cut = cutText(SENTENCE.repeat(500), 1000);
    expect(estimateTokens(cut)).toBeLessThanOrEqual(1000);
    expect(estimateTokens(cut)).toBeGreaterThan(900);
    expect(cut.endsWith('on the way.')).toBe(true);
  });
  it('holds for scripts with a token a character, and for both in one text', () => {
    for (const text of ['雨が降る。'.repeat(2000), `${'雨が降る。'.repeat(500)}${SENTENCE.repeat(200)}`])
      expect(estimateTokens(cutText(text, 700))).toBeLessThanOrEqual(700);
  });
  it('leaves a short one as it is', () => {
    expect(cutText('short', 10)).toBe('short');
  });
});

describe('what is taken from a page', () => {
  beforeEach(() => {
    // jsdom has no layout: everything that is not styled away is in sight.
    Element.prototype.checkVisibility = function (this: Element) {
      for (let element: Element | null = this; element; element = element.parentElement)
        if (getComputedStyle(element).display === 'none') return false;
      return true;
    };
    vi.stubGlobal('scrollX', 0);
    vi.stubGlobal('scrollY', 0);
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  });
  const take = (html: string) => {
    document.body.append(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
    return readableText(takePage().html);
  };

  it.each([
    ['display: none', '<p style="display:none">HIDDEN</p>'],
    ['visibility', '<p style="visibility:hidden">HIDDEN</p>'],
    ['opacity', '<p style="opacity:0.05">HIDDEN</p>'],
    ['tiny letters', '<p style="font-size:2px">HIDDEN</p>'],
    ['aria-hidden', '<p aria-hidden="true">HIDDEN</p>'],
    ['comments', '<!-- HIDDEN -->'],
    ['attributes', '<p title="HIDDEN" data-x="HIDDEN"><img alt="HIDDEN">x</p>'],
    [
      'scripts, styles, templates',
      '<script type="x">HIDDEN</script><style>HIDDEN{}</style><template>HIDDEN</template>',
    ],
    [
      'what was typed',
      '<textarea>HIDDEN</textarea><input value="HIDDEN"><select><option>HIDDEN</option></select>',
    ],
    ['frames', '<iframe srcdoc="HIDDEN">HIDDEN</iframe>'],
    ['SVG', '<svg><text>HIDDEN</text></svg>'],
    ['no script', '<noscript>HIDDEN</noscript>'],
  ])('is nothing that nobody sees: %s', (_, html) => {
    expect(take(`<p>In sight.</p>${html}`)).not.toContain('HIDDEN');
    expect(take('')).toContain('In sight.');
  });

  it('is what stands in an open shadow tree, with its slots', () => {
    const host = document.createElement('section');
    host.append('slotted');
    const root = host.attachShadow({ mode: 'open' });
    const before = document.createElement('p');
    before.textContent = 'shadow';
    root.append(before, document.createElement('slot'));
    document.body.append(host);
    expect(take('')).toBe('shadow\n\nslotted');
  });

  it('is text, whatever it looks like', () => {
    expect(take('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</p>')).toBe(
      '<script>alert(1)</script> &amp;',
    );
  });
});
