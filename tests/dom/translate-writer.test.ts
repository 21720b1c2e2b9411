import { beforeEach, describe, expect, it } from 'vitest';
import { createBlocks } from '../../lib/translate/blocks.ts';
import { type CollectedSegment, collectRanges } from '../../lib/translate/collect.ts';
import { createSegmentWriter } from '../../lib/translate/writer.ts';

function setPage(markup: string): CollectedSegment[] {
  const parsed = new DOMParser().parseFromString(markup, 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
  const range = document.createRange();
  range.selectNodeContents(document.body);
  return collectRanges([range], { maxChars: 1000 }).segments;
}

function first(segments: CollectedSegment[]): CollectedSegment {
  const [segment] = segments;
  if (!segment) throw new Error('nothing was collected');
  return segment;
}

function allNodes(root: Node): Node[] {
  return [root, ...[...root.childNodes].flatMap(allNodes)];
}

const rich =
  '<p>\n  See <a href="#x">the <b>long</b> manual</a>, run <code>ls</code>,<!-- c --> then rest. \n</p>';

beforeEach(() => document.body.replaceChildren());

describe('segment writer', () => {
  it('writes into the text nodes that stand there, and nowhere else', () => {
    const segment = first(setPage(rich));
    const before = allNodes(document.body);
    const writer = createSegmentWriter(segment);
    writer.feed('Vea <1>el manual <2>lar');
    writer.flush();
    expect(document.querySelector('a')?.textContent).toBe('el manual lar');
    expect(document.querySelector('p')?.textContent.trim()).toBe('Vea el manual larls');
    writer.feed('go</2></1>, ejecute <3/>, y descanse.\n');
    writer.end(true);
    writer.flush();
    expect(document.querySelector('p')?.textContent).toBe(
      '\n  Vea el manual largo, ejecute ls, y descanse. \n',
    );
    expect(allNodes(document.body)).toEqual(before);
    expect(writer.text).toBe('Vea el manual largo, ejecute , y descanse.');
  });

  it('puts back exactly what was there, nodes and listeners included', () => {
    const segment = first(setPage(rich));
    const html = document.documentElement.outerHTML;
    const nodes = allNodes(document.body);
    const data = nodes.map((node) => node.nodeValue);
    let clicks = 0;
    document.querySelector('a')?.addEventListener('click', (event) => {
      event.preventDefault();
      clicks += 1;
    });
    const writer = createSegmentWriter(segment);
    writer.feed('Otra cosa <9>rota</9>');
    writer.end(true);
    writer.flush();
    expect(document.documentElement.outerHTML).not.toBe(html);
    const { restored, changed } = writer.restore();
    expect(restored).toBeGreaterThan(0);
    expect(changed).toBe(0);
    expect(document.documentElement.outerHTML).toBe(html);
    const after = allNodes(document.body);
    expect(after.length).toBe(nodes.length);
    expect(after.every((node, index) => node === nodes[index])).toBe(true);
    expect(after.map((node) => node.nodeValue)).toEqual(data);
    document.querySelector('a')?.click();
    expect(clicks).toBe(1);
  });

  it('puts broken marks together as plain text', () => {
    const segment = first(setPage('<p>Hello <b>world</b> now</p>'));
    const writer = createSegmentWriter(segment);
    writer.feed('Hola <1>mun');
    writer.flush();
    writer.feed('do ahora');
    writer.end(true);
    writer.flush();
    expect([...(document.querySelector('p')?.childNodes ?? [])].map((node) => node.textContent)).toEqual([
      ...['Hola mundo ahora', '', ''],
    ]);
  });

  it('leaves a node alone once the page has written into it', () => {
    const segment = first(setPage('<p>Hello <b>world</b></p>'));
    const bold = document.querySelector('b')?.firstChild;
    if (!(bold instanceof Text)) throw new Error('no text');
    const writer = createSegmentWriter(segment);
    writer.feed('Hola <1>mundo</1>');
    writer.flush();
    bold.data = 'page';
    expect(writer.restore()).toEqual({ restored: 1, changed: 1 });
    expect(document.querySelector('p')?.textContent).toBe('Hello page');
  });

  it('keeps a selection that a reader makes in growing text', () => {
    const segment = first(setPage('<p>Hello</p>'));
    const writer = createSegmentWriter(segment);
    writer.feed('Hola a todos');
    writer.flush();
    const node = document.querySelector('p')?.firstChild;
    if (!node) throw new Error('no text');
    document.getSelection()?.setBaseAndExtent(node, 2, node, 6);
    writer.feed(' y todas');
    writer.flush();
    expect(document.getSelection()?.toString()).toBe('la a');
  });
});

describe('blocks', () => {
  const page = '<p class="x" style="color:RED; min-height : 3px;" lang="en">Hello</p><p>There</p>';
  const spanish = { tag: 'ar', dir: 'rtl', name: 'Arabic' } as const;

  /** jsdom has no layout; a height is all that is missing. */
  function withHeight(run: () => void): void {
    const style = window.getComputedStyle;
    window.getComputedStyle = (element) =>
      new Proxy(style.call(window, element), {
        get: (of, key) => (key === 'height' ? '48px' : Reflect.get(of, key)),
      });
    try {
      run();
    } finally {
      window.getComputedStyle = style;
    }
  }

  it('show state, language and height, and give everything back letter for letter', () => {
    setPage(page);
    const html = document.body.outerHTML;
    const blocks = createBlocks();
    withHeight(() => {
      for (const element of document.querySelectorAll('p')) {
        const block = blocks.of(element);
        const segment = {};
        block.claim(segment, { state: 'waiting' });
        expect(element.getAttribute('data-runnel')).toBe('waiting');
        expect(element.dir).toBe('');
        block.claim(segment, { state: 'streaming', language: spanish });
        expect(element.style.minHeight).toBe('48px');
        expect([element.lang, element.dir]).toEqual(['ar', 'rtl']);
        block.claim(segment, { state: 'done', language: spanish });
        expect(element.style.minHeight).not.toBe('48px');
        expect(element.getAttribute('data-runnel')).toBe('done');
        block.claim(segment, undefined);
      }
    });
    expect(document.body.outerHTML).toBe(html);
  });

  it('of several segments are under way as long as one is, and never better than the worst', () => {
    setPage(page);
    const element = document.querySelector('p');
    if (!element) throw new Error('no block');
    const block = createBlocks().of(element);
    const [one, two] = [{}, {}];
    const state = () => element.getAttribute('data-runnel');
    block.claim(one, { state: 'waiting' });
    block.claim(two, { state: 'waiting' });
    expect(state()).toBe('waiting');
    block.claim(one, { state: 'done' });
    expect(state()).toBe('streaming');
    block.claim(two, { state: 'partial' });
    expect(state()).toBe('partial');
    block.claim(one, { state: 'failed' });
    expect(state()).toBe('failed');
    block.claim(one, undefined);
    expect(state()).toBe('partial');
  });

  it('keep what the page set meanwhile', () => {
    setPage(page);
    const element = document.querySelector('p');
    if (!element) throw new Error('no block');
    const block = createBlocks().of(element);
    withHeight(() => block.claim(block, { state: 'streaming', language: spanish }));
    element.lang = 'fr';
    element.style.color = 'blue';
    block.claim(block, undefined);
    expect(element.lang).toBe('fr');
    expect(element.style.color).toBe('blue');
    expect(element.style.minHeight).toBe('');
    expect(element.hasAttribute('data-runnel')).toBe(false);
  });
});
