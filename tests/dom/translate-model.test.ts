// A scripted model that keeps, drops, swaps, doubles, nests, misspells and invents marks, its reply split at every place.
import { beforeEach, describe, expect, it } from 'vitest';
import { createSegmentWriter } from '../../lib/translate/writer.ts';
import {
  allNodes,
  createTestDim,
  expectSegment,
  findDifference,
  readBack,
  setPage,
  snapshot,
} from './translate-support.ts';

const page = '<p>Hello <b>big <i>old</i> world</b>, run <code>ls</code> <a href="#x">here</a><br>now.</p>';
const source = 'Hello <1>big <2>old</2> world</1>, run <3/> <4>here</4><5/>now.';

/** `reads`: with marks where they could be followed, else the plain text. */
const replies: { name: string; reply: string; reads: string; isPlain?: boolean }[] = [
  {
    name: 'keeps every mark',
    reply: 'Hola <1>gran <2>viejo</2> mundo</1>, corre <3/> <4>aquí</4><5/>ya.',
    reads: 'Hola <1>gran <2>viejo</2> mundo</1>, corre <3/> <4>aquí</4><5/>ya.',
  },
  {
    name: 'swaps marks',
    reply: '<4>aquí</4> corre <3/>, <1><2>viejo</2> mundo gran</1> hola<5/>ya.',
    reads: '<4>aquí</4> corre <3/>, <1><2>viejo</2> mundo gran</1> hola<5/>ya.',
  },
  {
    name: 'swaps what holds no text',
    reply: '<5/>Hola <1>gran <2>viejo</2></1> <4>aquí</4> <3/>',
    reads: '<5/>Hola <1>gran <2>viejo</2></1> <4>aquí</4> <3/>',
  },
  {
    name: 'writes between marks that touched',
    reply: 'Hola <1><2>viejo</2></1><3/> y <4>aquí</4> o <5/> ya',
    reads: 'Hola <1><2>viejo</2></1><3/> y <4>aquí</4> o <5/> ya',
  },
  {
    name: 'puts spaces into marks, and a line break behind the reply',
    reply: '\nHola < 1>gran <2 >viejo</ 2> mundo</1>, corre <3 /> <4>aquí</4><5></5>ya.\n',
    reads: 'Hola <1>gran <2>viejo</2> mundo</1>, corre <3/> <4>aquí</4><5/>ya.',
  },
  {
    name: 'leaves an element empty',
    reply: 'Hola <1><2></2>mundo</1>, corre <3/> <4></4><5/>ya.',
    reads: 'Hola <1><2></2>mundo</1>, corre <3/> <4></4><5/>ya.',
  },
  ...[
    { name: 'drops a pair', reply: 'Hola <1>gran viejo mundo</1>, corre <3/> <4>aquí</4><5/>ya.' },
    { name: 'drops what holds no text', reply: 'Hola <1>gran <2>viejo</2></1>, corre <4>aquí</4><5/>ya.' },
    { name: 'drops all marks', reply: 'Hola gran viejo mundo, corre aquí ya.' },
    {
      name: 'doubles a mark',
      reply: '<4>Hola</4> <1>gran <2>viejo</2></1>, corre <3/> <4>aquí</4><5/>ya.',
    },
    { name: 'doubles a void one', reply: 'Hola <1><2>viejo</2></1> <3/> corre <3/> <4>aquí</4><5/>ya.' },
    { name: 'nests a mark elsewhere', reply: 'Hola <2>viejo</2> <1>mundo</1> <3/> <4>aquí</4><5/>ya.' },
    { name: 'lets marks overlap', reply: 'Hola <1>gran <2>viejo</1> mundo</2> <3/> <4>aquí</4><5/>ya.' },
    { name: 'forgets to close', reply: 'Hola <1>gran <2>viejo mundo, corre <3/> <4>aquí</4><5/>ya.' },
    { name: 'closes what is not open', reply: 'Hola</1> <1><2>viejo</2></1> <3/> <4>aquí</4><5/>ya.' },
    { name: 'invents a mark', reply: 'Hola <1>gran <2>viejo</2></1>, <8>corre</8> <3/> <4>aquí</4><5/>ya.' },
    { name: 'makes a pair void', reply: 'Hola <1>gran <2>viejo</2></1>, corre <3/> aquí<4/><5/>ya.' },
  ].map((model) => ({ ...model, reads: model.reply.replace(/<\/?\d+\/?>/g, ''), isPlain: true })),
  {
    name: 'misspells a mark',
    reply: 'Hola <1>gran <2>viejo</2></1>, corre <3/> <4>aquí<\\4><5/>ya.',
    reads: 'Hola gran viejo, corre  aquí<\\4>ya.',
    isPlain: true,
  },
];

/** What the page's own skipped text adds when it is read as text. */
const withoutCode = (text: string) => text.replace('ls', '');

beforeEach(() => setPage(page));

describe('a model that', () => {
  for (const { name, reply, reads, isPlain = false } of replies) {
    it(`${name}: read right at every split, and taken back`, () => {
      const segment = expectSegment();
      expect(segment.text).toBe(source);
      const before = snapshot();
      const known = new Set(allNodes());
      const { dim, dimmed } = createTestDim();
      const read = () => readBack(segment, known);
      const writer = createSegmentWriter(segment, dim);
      for (let at = 0; at <= reply.length; at += 1) {
        for (const part of [reply.slice(0, at), reply.slice(at)]) {
          writer.feed(part);
          writer.flush();
        }
        writer.end(true);
        writer.flush();
        expect(writer.isPlain, `split at ${at}`).toBe(isPlain);
        expect(isPlain ? withoutCode(read().replace(/<\/?\d+\/?>/g, '')) : read()).toBe(reads);
        expect(dimmed.size).toBe(0);
        writer.restore();
        expect(findDifference(before), `split at ${at}`).toBeUndefined();
      }
    });
  }

  it('writes a character at a time shows no mark, and loses no word of what has come', () => {
    const segment = expectSegment();
    const { dim, dimmed, seenIn } = createTestDim();
    for (const { reply, isPlain } of replies.filter((model) => !model.isPlain)) {
      const writer = createSegmentWriter(segment, dim);
      let come = '';
      for (const char of reply) {
        writer.feed(char);
        writer.flush();
        come += char;
        expect(writer.isPlain).toBe(isPlain ?? false);
        expect(document.body.textContent).not.toMatch(/<\/?\s?\d/);
        const rest = [...dimmed.values()].join('');
        const shown = seenIn(document.body).length - rest.length;
        if (writer.hasText) expect(shown).toBe(writer.text.length + 'ls'.length);
      }
      expect(come).toBe(reply);
      writer.restore();
    }
  });
});
