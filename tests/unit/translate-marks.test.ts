import { describe, expect, it } from 'vitest';
import { layOut, layOutPlain } from '../../lib/translate/layout.ts';
import { createMarkParser, firstFreeMark, hasMarks, type MarkParser } from '../../lib/translate/marks.ts';

function read(source: string, deltas: string[], firstMark?: number) {
  const parser = createMarkParser(source, firstMark);
  for (const delta of deltas) parser.feed(delta);
  parser.end(true);
  return { ...laidOut(parser), broken: parser.broken, plain: parser.plain };
}

/** What stands where: the text of each piece, the order of the marks where it is another, and text between pieces. */
function laidOut({ shape, reply, broken, plain }: MarkParser) {
  const { pieces, orders, extras } = broken ? layOutPlain(shape, plain) : layOut(shape, reply);
  const moved = [...orders].filter(
    ([holder, order]) => order.join() !== shape.holders.get(holder)?.marks.join(),
  );
  return {
    texts: pieces.map((stretch) => stretch?.text),
    orders: Object.fromEntries(moved),
    extras: extras.map(({ holder, place, text }) => `${holder}/${place} ${text}`),
  };
}

/** Small seeded generator, so that a failing split can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomSplit(text: string, random: () => number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + Math.floor(random() * 6);
    parts.push(text.slice(at, at + length));
    at += length;
  }
  return parts;
}

interface Case {
  name: string;
  source: string;
  reply: string;
  texts: string[];
  orders?: Record<number, number[]>;
  extras?: string[];
  broken?: boolean;
  firstMark?: number;
}

const nested = 'Hello <1>world</1> and <2>more <3>deep</3> x</2>.';

const cases: Case[] = [
  { name: 'text without marks', source: 'Hello world', reply: 'Hola mundo', texts: ['Hola mundo'] },
  {
    name: 'nested marks in order',
    source: nested,
    reply: 'Hola <1>mundo</1> y <2>más <3>hondo</3> x</2>.',
    texts: ['Hola ', 'mundo', ' y ', 'más ', 'hondo', ' x', '.'],
  },
  {
    name: 'marks in another order change places, and the text between them does not',
    source: '<1>The</1> red <2>house</2> now',
    reply: '<2>casa</2> roja <1>la</1> ahora',
    texts: ['la', ' roja ', 'casa', ' ahora'],
    orders: { 0: [2, 1] },
  },
  {
    name: 'marks in another order inside a mark',
    source: 'a <1>b <2>c</2> d <3/> e</1> f',
    reply: 'A <1>B <3/> D <2>C</2> E</1> F',
    texts: ['A ', 'B ', 'C', ' D ', ' E', ' F'],
    orders: { 1: [3, 2] },
  },
  {
    name: 'void marks in another order',
    source: 'a <1/> b <2/> c',
    reply: 'A <2/> B <1/> C',
    texts: ['A ', ' B ', ' C'],
    orders: { 0: [2, 1] },
  },
  {
    name: 'a void mark divides the text around it',
    source: 'Run <1/> now',
    reply: 'Ejecute <1/> ahora',
    texts: ['Ejecute ', ' ahora'],
  },
  {
    name: 'a void mark may come back as a pair',
    source: 'Run <1/> now',
    reply: 'Ejecute <1></1> ahora',
    texts: ['Ejecute ', ' ahora'],
  },
  {
    name: 'text before a first mark that had none',
    source: '<1>World</1> peace',
    reply: 'la <1>paz</1> mundial',
    texts: ['paz', ' mundial'],
    extras: ['0/0 la '],
  },
  {
    name: 'text between two marks that touched',
    source: '<1>世界</1><2>你好</2>',
    reply: '<1>world</1> <2>hello</2>',
    texts: ['world', 'hello'],
    extras: ['0/1  '],
  },
  {
    name: 'text behind a last mark that had none',
    source: 'See <1>it</1>',
    reply: 'Ver <1>eso</1> ya',
    texts: ['Ver ', 'eso'],
    extras: ['0/1  ya'],
  },
  {
    name: 'a plain < is text',
    source: 'if a < b <1>then</1>',
    reply: 'si a < b <1>a<b</1>',
    texts: ['si a < b ', 'a<b'],
  },
  { name: 'a < at the very end is text', source: 'a <', reply: 'b <', texts: ['b <'] },
  {
    name: 'what looked like a mark in the page stays text',
    source: 'the tag <1> is <2>bold</2>',
    reply: 'la marca <1> es <2>gruesa</2>',
    texts: ['la marca <1> es ', 'gruesa'],
    firstMark: 2,
  },
  { name: 'line breaks around the reply are dropped', source: 'Hi', reply: '\n\nHola\n', texts: ['Hola'] },
  {
    name: 'an unknown mark',
    source: 'Hello <1>world</1>',
    reply: 'Hola <7>mundo</7> <1>x</1>',
    texts: ['Hola mundo x', ''],
    broken: true,
  },
  {
    name: 'a mark that is doubled',
    source: 'Hello <1>world</1>',
    reply: '<1>Hola</1> <1>mundo</1>',
    texts: ['Hola mundo', ''],
    broken: true,
  },
  {
    name: 'a mark that is not closed',
    source: 'Hello <1>world</1> now',
    reply: 'Hola <1>mundo ahora',
    texts: ['Hola mundo ahora', '', ''],
    broken: true,
  },
  {
    name: 'a mark that is missing',
    source: 'Hello <1>world</1> now',
    reply: 'Hola mundo ahora',
    texts: ['Hola mundo ahora', '', ''],
    broken: true,
  },
  {
    name: 'a void mark that is missing',
    source: 'Run <1/> now',
    reply: 'Ejecute ahora',
    texts: ['Ejecute ahora', ''],
    broken: true,
  },
  {
    name: 'a close that nothing opened',
    source: 'Hello <1>world</1>',
    reply: 'Hola</1> <1>mundo</1>',
    texts: ['Hola mundo', ''],
    broken: true,
  },
  {
    name: 'marks nested in another way',
    source: nested,
    reply: 'Hola <1>mundo</1> <3>hondo</3> <2>más</2>.',
    texts: ['Hola mundo hondo más.', '', '', '', '', '', ''],
    broken: true,
  },
  {
    name: 'marks that overlap',
    source: '<1>a</1> b <2>c</2>',
    reply: '<1>A <2>B</1> C</2>',
    texts: ['', 'A B C', ''],
    broken: true,
  },
  {
    name: 'a pair that comes back void',
    source: 'Hello <1>world</1>',
    reply: 'Hola mundo <1/>',
    texts: ['Hola mundo', ''],
    broken: true,
  },
  {
    name: 'the whole text goes outside marks when it can',
    source: '<1>World</1> peace',
    reply: 'paz mundial',
    texts: ['', 'paz mundial'],
    broken: true,
  },
];

describe('mark parser', () => {
  for (const { name, source, reply, firstMark, ...found } of cases) {
    it(`${name}: whole, by character and at every split`, () => {
      const expected = { orders: {}, extras: [], broken: false, ...found, plain: expect.any(String) };
      expect(read(source, [reply], firstMark)).toEqual(expected);
      expect(read(source, [...reply], firstMark)).toEqual(expected);
      for (let at = 1; at < reply.length; at += 1) {
        expect(read(source, [reply.slice(0, at), reply.slice(at)], firstMark), `split at ${at}`).toEqual(
          expected,
        );
      }
    });
  }

  it('reads the same at random splits', () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
    const random = randomFrom(seed);
    for (let round = 0; round < 200; round += 1) {
      for (const { name, source, reply, texts, firstMark } of cases) {
        const deltas = randomSplit(reply, random);
        expect(read(source, deltas, firstMark).texts, `${name}, seed ${seed}, ${deltas.join('|')}`).toEqual(
          texts,
        );
      }
    }
  });

  it('shows each piece as it comes and never a cut mark', () => {
    const parser = createMarkParser('Hello <1>world</1> now');
    const shown: unknown[] = [];
    for (const delta of ['Ho', 'la <', '1', '>mun', 'do</1', '> ya']) {
      parser.feed(delta);
      shown.push(laidOut(parser).texts);
    }
    expect(shown).toEqual([
      ['Ho', undefined, undefined],
      ['Hola ', undefined, undefined],
      ['Hola ', undefined, undefined],
      ['Hola ', 'mun', undefined],
      ['Hola ', 'mundo', undefined],
      ['Hola ', 'mundo', ' ya'],
    ]);
  });

  it('keeps the space behind code or a picture that begins a line, and none before the first word', () => {
    expect(read('<1/> wrote:', ['<1/> escribió:'])).toMatchObject({
      texts: [' escribió:'],
      plain: 'escribió:',
    });
    expect(read('<1><2/> wrote</1> it', ['\n<1>', '<2/>', ' escribió</1> esto'])).toMatchObject({
      texts: [' escribió', ' esto'],
      plain: 'escribió esto',
    });
    expect(read('<1/><2> wrote</2>', ['<1/><2> escribió</2>']).texts).toEqual([' escribió']);
    expect(read('<1>She</1> wrote', ['<1> Ella</1> escribió']).texts).toEqual(['Ella', ' escribió']);
  });

  it('keeps what is in its place when the reply was cut off', () => {
    const parser = createMarkParser('Hello <1>world</1> now');
    parser.feed('Hola <1>mun');
    parser.end(false);
    expect(parser.broken).toBe(false);
    expect(laidOut(parser).texts).toEqual(['Hola ', 'mun', undefined]);
  });
});

describe('marks in page text', () => {
  it('numbers from above what the page itself wrote', () => {
    expect(firstFreeMark('plain')).toBe(1);
    expect(firstFreeMark('write <3> and </12> or <5/>')).toBe(13);
  });
  it('knows a text with marks', () => {
    expect(hasMarks('a <1>b</1>')).toBe(true);
    expect(hasMarks('a <2/>')).toBe(true);
    expect(hasMarks('a < 1 and b > 2')).toBe(false);
  });
});
