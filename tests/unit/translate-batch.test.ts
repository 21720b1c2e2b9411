import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBatch, groupSegments } from '../../lib/translate/batch.ts';

const SEGMENTS = [
  { id: 7, text: 'See <1>the manual</1> or <2/>.' },
  { id: 9, text: 'Plain words.' },
  { id: 12, text: 'Is 2 <3> here? <4>Yes</4>.' },
];

function expectBatch(segments = SEGMENTS) {
  const batch = findBatch(segments);
  if (!batch) throw new Error('no batch');
  return batch;
}

/** Reads `reply` in pieces of `size` characters. */
function read(reply: string, { size = 5, complete = true, segments = SEGMENTS } = {}) {
  const texts: Record<number, string> = {};
  const done: number[] = [];
  const reader = expectBatch(segments).read({
    onText: (id, text) => {
      texts[id] = (texts[id] ?? '') + text;
    },
    onDone: (id) => done.push(id),
  });
  for (let at = 0; at < reply.length; at += size) reader.feed(reply.slice(at, at + size));
  return { missing: reader.end(complete), texts, done };
}

describe('a batch', () => {
  it('is marks and nothing else', () => {
    expect(expectBatch().text).toBe(
      '<1>See <2>the manual</2> or <3/>.</1>\n\n<4>Plain words.</4>\n\n<5>Is 2 <6> here? <7>Yes</7>.</5>',
    );
  });

  it('comes back as its segments, cut at every place', () => {
    const { text } = expectBatch();
    for (let size = 1; size <= text.length; size++) {
      const { texts, done, missing } = read(text, { size });
      expect(texts).toEqual({ 7: SEGMENTS[0]?.text, 9: SEGMENTS[1]?.text, 12: SEGMENTS[2]?.text });
      expect(done).toEqual([7, 9, 12]);
      expect(missing).toEqual([]);
    }
  });

  it.each([
    ['words before it', '[es] <1>A</1> <4>B</4>', {}, [7, 9, 12]],
    ['words between', '<1>A</1>: <4>B</4><5>C</5>', { 7: 'A' }, [9, 12]],
    ['another order', '<5>C</5><1>A</1><4>B</4>', { 7: 'A', 9: 'B', 12: 'C' }, []],
    ['one left out', '<1>A</1><5>C</5>', { 7: 'A', 12: 'C' }, [9]],
    ['no marks at all', 'A\n\nB\n\nC', {}, [7, 9, 12]],
    ['one twice', '<1>A</1><1>AA</1><4>B</4><5>C</5>', { 7: 'A' }, [9, 12]],
    ['one not closed', '<1>A<4>B</4><5>C', { 7: 'A', 9: 'B', 12: 'C' }, []],
    [
      'a mark that was not asked for',
      '<1>A <99/>x</1><4>B</4><5>C</5>',
      { 7: 'A <99/>x', 9: 'B', 12: 'C' },
      [],
    ],
    ['a mark of another', '<1>A</1><4>B <7>x</7></4><5>C</5>', { 7: 'A', 9: 'B x', 12: 'C' }, []],
    ['void for a pair', '<1>A <2/></1><4>B</4><5>C</5>', { 7: 'A <1/>', 9: 'B', 12: 'C' }, []],
  ])('with %s', (_, reply, texts, missing) => {
    const result = read(reply);
    expect(result.texts).toEqual(texts);
    expect(result.missing).toEqual(missing);
  });

  it('that breaks off has what came, and says what is not whole', () => {
    expect(read('<1>A</1><4>Half', { complete: false })).toEqual({
      texts: { 7: 'A', 9: 'Half' },
      done: [7],
      missing: [9, 12],
    });
  });

  it('never throws, and never gives a segment what stands in another, whatever comes', () => {
    const reply = fc.array(
      fc.oneof(fc.constantFrom('<1>', '</1>', '<4>', '</4>', '<2>', '<3/>', '<', 'x'), fc.string()),
    );
    fc.assert(
      fc.property(reply, fc.integer({ min: 1, max: 9 }), fc.boolean(), (parts, size, complete) => {
        const { missing, done } = read(parts.join(''), { size, complete });
        expect([...missing, ...done].sort()).toEqual([12, 7, 9].sort());
      }),
    );
  });

  it('has a way out where the numbers do not suffice', () => {
    const many = Array.from({ length: 5001 }, (_, id) => ({ id, text: `<1>${id}</1>` }));
    expect(findBatch(many)).toBeUndefined();
  });
});

describe('groups', () => {
  const of = (...lengths: number[]) => lengths.map((length, id) => ({ id, text: 'x'.repeat(length) }));
  it.each([
    [of(10, 10, 10), [[0, 1, 2]]],
    [of(600, 200, 200), [[0, 1], [2]]],
    [of(2000, 10), [[0], [1]]],
    [of(10, 2000, 10), [[0], [1], [2]]],
    [
      of(...Array.from({ length: 14 }, () => 1)),
      [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        [12, 13],
      ],
    ],
    [of(), []],
  ])('case %#', (segments, expected) => {
    expect(groupSegments(segments, 0).map((group) => group.map(({ id }) => id))).toEqual(expected);
  });

  it('a few go alone', () => {
    expect(groupSegments(of(1, 1, 1), 3)).toHaveLength(3);
    expect(groupSegments(of(1, 1, 1, 1), 3)).toHaveLength(1);
  });
});
