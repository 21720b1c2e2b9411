// Elements change places where their marks come back in another order, and nothing else does.
import { beforeEach, describe, expect, it } from 'vitest';
import { createSegmentWriter } from '../../lib/translate/writer.ts';
import {
  allNodes,
  collectRanges,
  expectSegment,
  findDifference,
  readBack,
  setPage,
  snapshot,
} from './translate-support.ts';

const page =
  '<p>See <a href="#x">the manual</a>, or <b>ask</b> <img alt="" src="data:,"> of <i>us</i>.</p><p>After</p>';

function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function start(markup = page) {
  setPage(markup);
  const before = snapshot();
  const known = new Set(allNodes());
  const segment = expectSegment();
  const writer = createSegmentWriter(segment);
  return {
    segment,
    writer,
    write(reply: string): string {
      writer.feed(reply);
      writer.flush();
      return readBack(segment, known);
    },
    difference: () => findDifference(before),
  };
}

/** The elements of the first paragraph, in order. */
const order = () => [...find('p').children].map(({ localName }) => localName).join(' ');
const text = () => find('p').textContent;

beforeEach(() => document.body.replaceChildren());

describe('marks in another order', () => {
  it('move their elements, which stay the same ones', () => {
    const { writer, write, difference, segment } = start();
    expect(segment.text).toBe('See <1>the manual</1>, or <2>ask</2> <3/> of <4>us</4>.');
    const elements = [...find('p').children];
    let clicks = 0;
    find('a').addEventListener('click', (event) => {
      event.preventDefault();
      clicks += 1;
    });
    const reply = '<4>uns</4> <3/> <2>fragen</2> oder <1>das Buch</1> lesen.';
    expect(write(reply)).toBe(reply);
    writer.end(true);
    writer.flush();
    expect(writer.isPlain).toBe(false);
    expect(order()).toBe('i img b a');
    expect(text()).toBe('uns  fragen oder das Buch lesen.');
    expect(new Set(find('p').children)).toEqual(new Set(elements));
    find('a').click();
    expect(clicks).toBe(1);
    const { restored, changed } = writer.restore();
    expect(changed).toBe(0);
    expect(restored).toBeGreaterThanOrEqual(4);
    expect(difference()).toBeUndefined();
  });

  it('move nothing where the page has marked out what it draws by itself', () => {
    for (const marker of ['?lit$1$', '', '[', 'bindings={}']) {
      const { writer, write } = start(`<p>See <a>this</a> or <!--${marker}--><b>that</b>.</p>`);
      write('<2>Das</2> oder <1>dies</1>.');
      expect(order()).toBe('a b');
      expect(writer.isPlain).toBe(true);
    }
  });

  it('move their elements where a comment marks out nothing', () => {
    for (const comment of [' ', ' an author’s word ', 'v-if']) {
      const { writer, write, difference } = start(`<p>See <a>this</a> or<!--${comment}--> <b>that</b>.</p>`);
      write('<2>Das</2> oder <1>dies</1>.');
      expect(order()).toBe('b a');
      writer.restore();
      expect(difference()).toBeUndefined();
    }
  });

  it('leave what the page put in the place of one of them where that one stood', () => {
    const { writer, write } = start('<p>See <a>this</a> or <b>that</b>, <i>today</i>.</p>');
    write('<2>Das</2> oder <1>dies</1> <3>heute</3>.');
    expect(order()).toBe('b a i');
    find('b').replaceWith(document.createComment('v-if'));
    writer.restore();
    expect(find('p').innerHTML).toBe('See <a>this</a> or <!--v-if-->, <i>today</i>.');
  });

  it('leave what the page put between other nodes there', () => {
    const { writer, write } = start('<p>See <a>this</a> or <b>that</b>, <i>today</i>.</p>');
    const behind = find('b').nextSibling;
    write('<2>Das</2> oder <1>dies</1> <3>heute</3>.');
    find('b').remove();
    find('p').insertBefore(document.createElement('u'), behind);
    writer.restore();
    expect(find('p').innerHTML).toBe('See <a>this</a> or <u></u>, <i>today</i>.');
  });

  it('move nothing while the order is the same', () => {
    const { writer, write } = start();
    const nodes = [...find('p').childNodes];
    const records = new MutationObserver(() => {});
    records.observe(document.body, { childList: true, subtree: true });
    write('Lies <1>das Buch</1> oder <2>frag</2> <3/> nach <4>uns</4>.');
    writer.end(true);
    writer.flush();
    writer.restore();
    expect(records.takeRecords()).toEqual([]);
    expect([...find('p').childNodes]).toEqual(nodes);
  });

  it('are followed as they open; what has not come stays behind', () => {
    const { write } = start();
    write('Erst ');
    expect(order()).toBe('a b img i');
    write('<2>');
    expect(order()).toBe('b a img i');
    write('frag</2> dann <4>');
    expect(order()).toBe('b i a img');
    write('uns</4>, <1>');
    expect(order()).toBe('b i a img');
    write('Buch</1> <3/>');
    expect(order()).toBe('b i a img');
  });

  it('inside an element move within it', () => {
    const { write, writer, difference } = start(
      '<p>One <a href="#x">two <b>three</b> four <i>five</i> six</a> seven</p>',
    );
    const reply = 'Eins <1>zwei <3>fünf</3> vier <2>drei</2> sechs</1> sieben';
    expect(write(reply)).toBe(reply);
    expect([...find('a').children].map(({ localName }) => localName)).toEqual(['i', 'b']);
    writer.restore();
    expect(difference()).toBeUndefined();
  });

  it('leave comments and hidden elements where they are', () => {
    const { write, writer, difference } = start(
      '<p><!-- 1 -->a <b>b</b><!-- 2 --> c <span hidden>x</span><i>d</i><!-- 3 --></p>',
    );
    write('A <2>D</2> C <1>B</1>');
    const kinds = [...find('p').childNodes].map((node) => node.nodeValue ?? (node as Element).localName);
    expect(kinds).toEqual([' 1 ', 'A ', 'i', ' 2 ', ' C ', 'span', 'b', ' 3 ']);
    writer.restore();
    expect(difference()).toBeUndefined();
  });

  it('never bring an element into another one: that text is plain', () => {
    const { write, writer, difference } = start();
    write('Lies <1>das <2>Buch</2></1> <3/> <4>uns</4>');
    expect(writer.isPlain).toBe(true);
    expect(order()).toBe('a b img i');
    expect(find('b').parentElement).toBe(find('p'));
    expect(text()).toContain('Lies das Buch  uns');
    writer.restore();
    expect(difference()).toBeUndefined();
  });

  it('that break after elements moved put them back at once', () => {
    const { write, writer, difference } = start();
    write('<4>uns</4> und <2>');
    expect(order()).toBe('i b a img');
    write('fragen</2> <9>x</9>');
    expect(order()).toBe('a b img i');
    expect(writer.isPlain).toBe(true);
    expect(text()).toMatch(/^uns und fragen x\s*$/);
    writer.restore();
    expect(difference()).toBeUndefined();
  });

  it('do not move an element that is selected in part, nor what stands beside it', () => {
    setPage('<p><b>Hello world</b> and <i>you</i> there</p>');
    const range = document.createRange();
    range.selectNodeContents(find('p'));
    range.setStart(find('b').firstChild as Text, 6);
    for (const reply of ['<2>dich</2> und <1>Welt</1> da', 'die <1>Welt</1> und <2>dich</2> da']) {
      const segment = expectSegment(collectRanges([range], { maxChars: 100 }).segments);
      const before = snapshot();
      expect(segment.text).toBe('<1>world</1> and <2>you</2> there');
      const writer = createSegmentWriter(segment);
      writer.feed(reply);
      writer.end(true);
      writer.flush();
      expect(writer.isPlain, reply).toBe(true);
      expect(text()).toBe(`Hello ${reply.replace(/<\/?\d>/g, '')}`);
      writer.restore();
      expect(findDifference(before)).toBeUndefined();
    }
  });
});

describe('words where the page has no text', () => {
  it('get a text node of ours, which goes at restore', () => {
    const { write, writer, difference } = start('<p><a href="#x">世界</a><b>你好</b></p>');
    const reply = 'the <1>world</1> and <2>you</2> too';
    expect(write(reply)).toBe(reply);
    expect(find('a').textContent).toBe('world');
    writer.restore();
    expect(difference()).toBeUndefined();
  });

  it('stay where they are when elements change places later', () => {
    const { write, writer, difference } = start('<p><a href="#x">1</a>a<b>2</b><i>3</i></p>');
    write('zuerst <1>eins</1> dann <3>drei</3> und ');
    expect(write('<2>zwei</2> fertig')).toBe('zuerst <1>eins</1> dann <3>drei</3> und <2>zwei</2> fertig');
    writer.restore();
    expect(difference()).toBeUndefined();
  });
});

describe('a page that changes itself meanwhile', () => {
  const reply = '<4>uns</4> <3/> <2>fragen</2> oder <1>das Buch</1> lesen.';

  it('keeps what it took out, and gets the rest back', () => {
    const { write, writer } = start();
    write(reply);
    const link = find('a');
    const bold = find('b');
    link.remove();
    const { changed } = writer.restore();
    expect(changed).toBe(1);
    expect(link.isConnected).toBe(false);
    expect(find('b')).toBe(bold);
    expect(order()).toBe('b img i');
    expect(text()).toBe('See , or ask  of us.');
  });

  it('keeps what it put elsewhere', () => {
    const { write, writer } = start();
    write(reply);
    const link = find('a');
    find('p + p').append(link);
    writer.restore();
    expect(link.parentElement).toBe(find('p + p'));
    expect(order()).toBe('b img i');
  });

  it('keeps what it added, between the same neighbours as far as they are there', () => {
    const { write, writer } = start();
    write(reply);
    const own = document.createElement('u');
    find('p').insertBefore(own, find('p').firstChild);
    writer.restore();
    expect(order()).toBe('u a b img i');
  });

  it('keeps an order of its own', () => {
    const { write, writer } = start();
    write(reply);
    find('p').prepend(find('b'));
    expect(writer.restore().changed).toBe(4);
    expect(order()).toBe('b i img a');
  });

  it('has all of it back once it has changed the elements: the words may not be for what stands there now', () => {
    const { write, writer } = start();
    write('<4>uns</4> ');
    find('b').remove();
    write(reply.slice(11));
    expect(text()).toBe('See the manual, or   of us.');
    expect(order()).toBe('a img i');
    expect(writer.isIntact()).toBe(false);
    expect(writer.text).toBe('uns  fragen oder das Buch lesen.');
    writer.restore();
    expect(order()).toBe('a img i');
  });

  it('has all of it back once it has written most of it anew', () => {
    const { write, writer } = start(
      '<p>See the <b>manual</b> of the old house by the river, <i>please</i>.</p>',
    );
    write('Lies das <1>Buch</1> vom');
    const third = find('b').nextSibling as Text;
    third.data = ' of another house altogether, ';
    write(' Haus, <2>bitte</2>.');
    expect(text()).toBe('See the manual of another house altogether, please.');
    expect(writer.isIntact()).toBe(false);
    expect(writer.text).toBe('Lies das Buch vom Haus, bitte.');
    writer.restore();
    expect(text()).toBe('See the manual of another house altogether, please.');
  });

  it('keeps a number of its own within the translation', () => {
    const { write, writer } = start('<p>It has been read <b>12</b> times since yesterday.</p>');
    write('Es wurde <1>12</1>');
    const count = find('b').firstChild as Text;
    count.data = '13';
    write(' mal gelesen seit gestern.');
    expect(text()).toBe('Es wurde 13 mal gelesen seit gestern.');
    expect(writer.isIntact()).toBe(false);
    writer.restore();
    expect(text()).toBe('It has been read 13 times since yesterday.');
  });

  it('has all of it back where the text stands without its marks', () => {
    const { write } = start('<p><b>Ann</b> has written to you about the house.</p>');
    write('Ann hat dir ');
    const name = find('b').firstChild as Text;
    name.data = 'Bob';
    write('</3> wegen des Hauses geschrieben.');
    expect(text()).toBe('Bob has written to you about the house.');
  });

  it('keeps a text node of ours that it has written to', () => {
    const { write, writer } = start('<p><a href="#x">世界</a><b>你好</b></p>');
    write('the <1>world</1>');
    const ours = find('p').firstChild as Text;
    ours.data = 'page';
    expect(writer.restore().changed).toBe(1);
    expect(text()).toBe('page世界你好');
  });

  it('may throw our work away as a whole', () => {
    const { write, writer } = start();
    write(reply);
    find('p').replaceChildren('New');
    expect(() => writer.restore()).not.toThrow();
    expect(text()).toBe('New');
    expect(find('p').childNodes).toHaveLength(1);
  });
});
