// What is copied below an original is for the eye alone: nothing runs, nothing is loaded, nothing has a name twice.
import { describe, expect, it } from 'vitest';
import { copyElement } from '../../lib/translate/copies.ts';
import { setPage } from './page-worker.ts';

function copyOf(markup: string, isVoid = true): string {
  setPage(`<p>${markup}</p>`);
  const from = document.querySelector('p')?.firstElementChild;
  if (!from) throw new Error('nothing to copy');
  return copyElement(from, isVoid).outerHTML;
}

describe('a formula or a drawing', () => {
  it('is copied without what runs, rules or is loaded', () => {
    const svg =
      '<svg id="s" onload="go()" class="k"><script>go()</script><style>p{}</style><image href="/a.png"></image><use href="/x.svg#y"></use><use xlink:href="#in"></use><rect id="r" fill="url(#g)" filter="url(/f.svg#f)" onclick="go()"></rect><foreignObject><img src="/b.png"></foreignObject><set attributeName="href" to="javascript:go()"></set><a href="javascript:go()"><text>Hi</text></a></svg>';
    expect(copyOf(svg)).toBe(
      '<svg class="k"><use></use><use xlink:href="#in"></use><rect fill="url(#g)"></rect><a><text>Hi</text></a></svg>',
    );
  });

  it('of a library is copied as it looks, not as its sources read', () => {
    const katex =
      '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span><span class="katex-html" style="height: 1em;">x</span></span>';
    expect(copyOf(katex)).toBe(katex);
  });
});

describe('what stays as it is in a line', () => {
  it('has no words where the page shows none', () => {
    expect(copyOf('<select class="s"><option>One</option><option>Two</option></select>')).toBe(
      '<span class="s"></span>',
    );
    expect(copyOf('<video>Your browser is old</video>')).toBe('<span></span>');
    expect(copyOf('<button>Go</button>')).toBe('<span>Go</span>');
    expect(copyOf('<code class="c">x</code>')).toBe('<code class="c">x</code>');
  });

  it('is no picture where none has been loaded', () => {
    expect(copyOf('<img src="/a.png" srcset="/b.png 2x" alt="A sign">')).toBe('<img alt="A sign">');
  });

  it('is the picture that is there already, asked for in the same words', () => {
    setPage('<img src="/a.png" srcset="/b.png 2x" referrerpolicy="no-referrer" loading="lazy">');
    const from = document.querySelector('img');
    if (!from) throw new Error('no picture');
    Object.defineProperties(from, { complete: { value: true }, naturalWidth: { value: 9 } });
    const copy = copyElement(from, true);
    expect(['src', 'srcset', 'referrerpolicy', 'loading'].map((name) => copy.getAttribute(name))).toEqual([
      '/a.png',
      '/b.png 2x',
      'no-referrer',
      'lazy',
    ]);
  });
});

describe('a part of a line', () => {
  it('keeps its looks, without what is loaded for them', () => {
    expect(copyOf('<b style="color: red; background-image: url(/a.png)">x</b>', false)).toBe(
      '<b style="color: red;"></b>',
    );
  });

  it('has the style that is in force, not one that the page refused', () => {
    setPage('<b>x</b>');
    const from = document.querySelector('b');
    if (!from) throw new Error('nothing to copy');
    Object.defineProperty(from, 'style', { value: document.createElement('b').style });
    from.setAttribute('style', 'position: fixed');
    expect(copyElement(from, false).outerHTML).toBe('<b></b>');
  });

  it('is a link to what it was, if that is no script', () => {
    expect(
      copyOf('<a href="/x" target="_blank" rel="noreferrer" ping="/p" onclick="go()">x</a>', false),
    ).toBe('<a href="/x" target="_blank" rel="noreferrer"></a>');
    expect(copyOf('<a href="java\nscript:go()">x</a>', false)).toBe('<a></a>');
  });
});
