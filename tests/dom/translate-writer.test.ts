import { beforeEach, describe, expect, it } from 'vitest';
import { createBlocks } from '../../lib/translate/blocks.ts';
import type { CollectedSegment } from '../../lib/translate/collect.ts';
import { findDim } from '../../lib/translate/dim.ts';
import { createSegmentWriter } from '../../lib/translate/writer.ts';
import { collectRanges, createTestDim } from './translate-support.ts';

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

function expectText(selector: string): Text {
  const node = document.querySelector(selector)?.firstChild;
  if (!(node instanceof Text)) throw new Error(`no text in ${selector}`);
  return node;
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

describe('the rest of an original', () => {
  const sentence = '<p>The quick brown fox jumps over the <b>lazy</b> dog.</p>';

  function start(markup: string) {
    const segment = first(setPage(markup));
    const { dim, dimmed, hidden, seenIn } = createTestDim();
    const writer = createSegmentWriter(segment, dim);
    const write = (delta: string): void => {
      writer.feed(delta);
      writer.flush();
    };
    const paragraph = () => {
      const found = document.querySelector('p');
      if (!found) throw new Error('no paragraph');
      return found;
    };
    const shown = () => seenIn(paragraph());
    const length = () => paragraph().textContent.length;
    return { writer, write, shown, length, rest: () => [...dimmed.values()], dimmed, hidden };
  }

  it('stays until as much has come, cut between words, and is dimmed', () => {
    const { write, shown, rest, writer, dimmed } = start(sentence);
    write('El');
    expect(shown()).toBe('El quick brown fox jumps over the lazy dog.');
    expect(rest()).toEqual([' quick brown fox jumps over the ', 'lazy', ' dog.']);
    write(' zorro ');
    expect(shown()).toBe('El zorro  brown fox jumps over the lazy dog.');
    write('veloz salta <1>');
    expect(shown()).toBe('El zorro veloz salta lazy dog.');
    expect(rest()).toEqual(['lazy', ' dog.']);
    write('perezoso e inmóvil</1> ');
    expect(rest()).toEqual([' dog.']);
    write('perro.');
    writer.end(true);
    writer.flush();
    expect(shown()).toBe('El zorro veloz salta perezoso e inmóvil perro.');
    expect(dimmed.size).toBe(0);
  });

  it('keeps the line as long as it was, letter by letter, without showing halves of words', () => {
    const { write, writer, shown, length, hidden } = start(sentence);
    const before = length();
    for (const letter of 'Un zorro y otr') {
      write(letter);
      // A space more where one is needed between the two.
      expect(length() - before).toBeOneOf([0, 1]);
      expect(shown()).toMatch(/ ?(quick |brown |fox |jumps |over |the |)lazy dog\.$/);
    }
    expect(hidden.size).toBe(1);
    writer.end(false);
    writer.flush();
    expect(hidden.size).toBe(0);
    expect(shown()).toBe('Un zorro y otr fox jumps over the lazy dog.');
  });

  it('is as long as what wide characters leave room for', () => {
    const { write, shown } = start('<p>The quick brown fox jumps over the dog.</p>');
    write('敏捷的棕色');
    expect(shown()).toBe('敏捷的棕色 brown fox jumps over the dog.');
    const back = start('<p>敏捷的棕色狐狸跳过懒狗</p>');
    back.write('The q');
    expect(back.shown()).toBe('The q棕色狐狸跳过懒狗');
  });

  it('never begins with half a character', () => {
    const { write, rest } = start('<p>😀😀😀😀 of joy</p>');
    write('a');
    expect(rest()[0]).not.toMatch(/^[\uDC00-\uDFFF]/);
  });

  it('stays where the reply was cut off, and goes at restore', () => {
    const { write, writer, shown, rest, dimmed } = start(sentence);
    write('El zorro');
    writer.end(false);
    writer.flush();
    expect(shown()).toBe('El zorro brown fox jumps over the lazy dog.');
    expect(rest()).toEqual([' brown fox jumps over the ', 'lazy', ' dog.']);
    writer.restore();
    expect(shown()).toBe('The quick brown fox jumps over the lazy dog.');
    expect(dimmed.size).toBe(0);
  });

  it('is the page’s again, and bright, once the page writes into it', () => {
    const { write, writer, dimmed } = start(sentence);
    write('El');
    const text = expectText('b');
    text.data = 'page';
    write(' zorro');
    expect(dimmed.has(text)).toBe(false);
    expect(writer.restore().changed).toBe(1);
    expect(text.data).toBe('page');
  });

  it('is not kept where it cannot be dimmed', () => {
    const writer = createSegmentWriter(first(setPage(sentence)));
    writer.feed('El');
    writer.flush();
    expect(document.querySelector('p')?.textContent).toBe('El');
  });

  it('of an element that moves goes with it', () => {
    const { write, rest, shown } = start('<p>See <i>this</i> or <b>that</b> now</p>');
    write('<2>');
    write('aq');
    expect(shown()).toBe('aq or this now');
    expect(rest().sort()).toEqual([' now', ' or ', 'this']);
  });
});

describe('a highlight', () => {
  it('is on the page only while something is dimmed', () => {
    const entries = new Map<string, Set<Range>>();
    Object.assign(window, { Highlight: Set, CSS: { highlights: entries } });
    setPage('<p>Hello</p>');
    const dim = findDim(document);
    const text = expectText('p');
    dim?.set(text, 5, 5);
    expect(entries.size).toBe(0);
    dim?.set(text, 1, 5);
    dim?.set(text, 2, 5);
    expect([...(entries.get('runnel-rest') ?? [])].map(String)).toEqual(['llo']);
    dim?.set(text, 0, 0);
    expect(entries.size).toBe(0);
    Reflect.deleteProperty(window, 'Highlight');
    Reflect.deleteProperty(window, 'CSS');
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
        get: (of, key) => (key === 'height' ? '48px' : key === 'color' ? 'red' : Reflect.get(of, key)),
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
        expect(element.style.getPropertyValue('--runnel-ink')).toBe('red');
        block.claim(segment, { state: 'partial', language: spanish });
        expect(element.style.minHeight).not.toBe('48px');
        expect(element.style.getPropertyValue('--runnel-ink')).toBe('red');
        expect([element.lang, element.dir]).toEqual(['ar', 'rtl']);
        block.claim(segment, { state: 'done', language: spanish });
        expect(element.style.minHeight).not.toBe('48px');
        expect(element.style.getPropertyValue('--runnel-ink')).toBe('');
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
