// What a view looked like, as data and back: the same to look at, and nothing in it that does anything.
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetStills, readStill, writeStill } from '../../lib/still/stills.ts';
import { fromStill, type StillNode, toStill } from '../../lib/still/tree.ts';

const nothing = () => false;
function rootOf(nodes: readonly StillNode[]): HTMLElement {
  const root = document.createElement('div');
  root.append(fromStill(nodes));
  return root;
}
function drawn(write: (root: HTMLElement) => void): HTMLElement {
  const root = document.createElement('div');
  write(root);
  return root;
}
function add(parent: Element, tag: string, attributes: Record<string, string> = {}, text = ''): Element {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  parent.append(element);
  return element;
}

describe('a tree', () => {
  it('comes back as it was', () => {
    const root = drawn((top) => {
      const article = add(top, 'article', {
        class: 'message',
        'data-role': 'assistant',
        'aria-label': 'Answer',
      });
      add(article, 'p', { dir: 'auto' }, 'One.');
      add(add(article, 'ul'), 'li', {}, 'Two & <b>three</b>');
      article.append('tail');
    });
    const still = JSON.parse(JSON.stringify(toStill(root, nothing)));
    expect(rootOf(still).isEqualNode(root)).toBe(true);
  });

  it('has icons in the namespace in which they are drawn', () => {
    const root = rootOf([['svg', { viewBox: '0 0 16 16' }, ['path', { d: 'M0 0' }]]]);
    expect(root.querySelector('path')).toBeInstanceOf(SVGElement);
  });

  it('has no links, sources and handlers, and no element beyond what we draw', () => {
    const root = drawn((top) => {
      add(top, 'a', { href: 'https://example.com/', onclick: 'x()', style: 'color: red', id: 'x' }, 'link');
      add(top, 'img', { src: 'https://example.com/a.png' });
      add(top, 'iframe', { src: 'https://example.com/' });
    });
    expect(toStill(root, nothing)).toEqual([['a', {}, 'link'], '', '']);
    const planted = rootOf([
      ['a', { href: 'javascript:x()', onclick: 'x()' }, 'link'],
      ['script', {}, 'x()'],
      ['img', { src: 'https://example.com/' }],
    ]);
    expect(planted.innerHTML).toBe('<a>link</a>');
  });

  it('leaves out what it is told to, the text that is being written, and the colours of code', () => {
    const root = drawn((top) => {
      add(top, 'div', { class: 'grow', 'data-text': 'a secret draft' });
      add(top, 'p', { class: 'gone' }, 'Gone');
      const code = add(add(top, 'pre'), 'code', { class: 'hljs' });
      add(code, 'span', { class: 'keyword' }, 'let');
      code.append(' a');
    });
    const still = toStill(root, (element) => element.matches('.gone'));
    expect(still).toEqual([
      ['div', { class: 'grow' }],
      ['pre', {}, ['code', { class: 'hljs' }, 'let a']],
    ]);
  });
});

describe('stills', () => {
  beforeEach(() => localStorage.clear());

  it('are there for the next view of that kind, and only while they are of the same', () => {
    writeStill({ of: 'c1', nodes: ['text'] });
    expect(readStill()).toEqual({ of: 'c1', nodes: ['text'] });
    localStorage.setItem('still:/other.html', JSON.stringify({ of: 'c1', nodes: [] }));
    writeStill({ of: 'c1', nodes: ['more'] });
    expect(localStorage.length).toBe(2);
    writeStill({ of: 'c2', nodes: [] });
    expect(Object.values({ ...localStorage })).toEqual(['{"of":"c2","nodes":[]}']);
  });

  it('go when they are forgotten; what else is stored stays', () => {
    localStorage.setItem('draft:c1', 'mine');
    localStorage.setItem('still:/damaged.html', '{');
    writeStill({ of: 'c1', nodes: ['text'] });
    forgetStills();
    expect({ ...localStorage }).toEqual({ 'draft:c1': 'mine' });
  });

  it('that are damaged or too large are none', () => {
    writeStill({ of: 'c1', nodes: ['x'.repeat(100_000)] });
    expect(readStill()).toBeNull();
    writeStill({ of: 'c1', nodes: [] });
    for (const name of Object.keys(localStorage)) localStorage.setItem(name, '{');
    expect(readStill()).toBeNull();
  });
});
