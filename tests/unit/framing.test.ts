// The framing cases of the standard's own tests and of other clients, cut into reads as they cut them.
import { describe, expect, it } from 'vitest';
import { createSseReader } from '../../lib/engine/sse.ts';
import { randomLengths, SEED } from '../fixtures/mutations.ts';
import { type FramingCase, present, readIndex, readRecorded } from '../fixtures/recorded.ts';

const cases = await readIndex<FramingCase>('sse-spec/index.json');
if (!present) it.skip('framing cases: the folder with them is not here');
else it('all of them are here', () => expect(cases).toHaveLength(35));

/**
 * The two cases where the standard drops what ours gives: an event that lacks its blank line at the end of the body. Servers end so,
 * and the chunk decoder drops what a cut made of it.
 */
const UNTERMINATED = new Map([
  ['sse-spec/wpt-data-before-final-empty-line.sse', { event: null, data: 'test2' }],
  ['sse-spec/esp-mixed-comments.sse', { event: null, data: '5' }],
]);

function readEvents(bytes: Uint8Array, lengths: readonly number[]) {
  const reader = createSseReader();
  const events = [];
  let at = 0;
  for (const length of lengths) {
    events.push(...reader.feed(bytes.subarray(at, at + length)));
    at += length;
  }
  events.push(...reader.feed(bytes.subarray(at)), ...reader.end());
  expect(reader.failure).toBeUndefined();
  return events.map(({ event, data }) => ({ event: event ?? null, data }));
}

describe.each(cases)('$file', ({ file, piece_lengths, expected_events }) => {
  it('gives its events in every split', async () => {
    const bytes = await readRecorded(file);
    const extra = UNTERMINATED.get(file);
    const want = extra ? [...expected_events, extra] : expected_events;
    expect(readEvents(bytes, piece_lengths), 'in its own pieces').toEqual(want);
    expect(readEvents(bytes, [bytes.length]), 'whole').toEqual(want);
    expect(readEvents(bytes, Array(bytes.length).fill(1)), 'a byte a read').toEqual(want);
    const random = randomLengths(SEED, bytes.length, 20);
    expect(readEvents(bytes, random), `random reads, seed ${SEED}`).toEqual(want);
  });
});

describe('framing of our own', () => {
  const encode = (text: string) => new TextEncoder().encode(text);

  it('a second byte order mark is part of the line', () => {
    expect(readEvents(encode('\uFEFF\uFEFFdata: a\n\ndata: b\n\n'), [1, 2, 1])).toEqual([
      { event: null, data: 'b' },
    ]);
  });

  it('a field that only llama.cpp knew is an error in every split', () => {
    const bytes = encode('error: {"message":"x"}\n\ndata: 1\n\n');
    const want = [
      { event: 'error', data: '{"message":"x"}' },
      { event: null, data: '1' },
    ];
    for (let at = 0; at <= bytes.length; at++) expect(readEvents(bytes, [at])).toEqual(want);
  });

  it('an event at the limit passes, one beyond it does not, and what came before is kept', () => {
    for (const split of [1, 7, 1000]) {
      for (const length of [50, 51]) {
        const reader = createSseReader(50 + 'data: '.length);
        const bytes = encode(`data: before\n\ndata: ${'x'.repeat(length + 'data: '.length)}\n\n`);
        const events = [];
        for (let at = 0; at < bytes.length; at += split)
          events.push(...reader.feed(bytes.subarray(at, at + split)));
        expect(events[0]).toEqual({ event: undefined, data: 'before' });
        if (split === 1000) expect(reader.failure?.code).toBe(length === 50 ? undefined : 'too-large');
        if (length === 51) expect(reader.failure?.code).toBe('too-large');
        expect(() => reader.feed(encode('data: after\n\n'))).not.toThrow();
      }
    }
  });

  it('many lines that are one event too long are a failure, and stay one', () => {
    const reader = createSseReader(50);
    for (let line = 0; line < 20; line++) expect(reader.feed(encode('data: 1234567890\n'))).toEqual([]);
    expect(reader.failure?.code).toBe('too-large');
    expect(reader.end()).toEqual([]);
  });
});
