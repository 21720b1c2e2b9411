import { describe, expect, it } from 'vitest';
import { failures, streams } from '../fixtures/streams.ts';
import { type Replayed, replay } from '../replay/replay.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Pseudo-random lengths from a seed (mulberry32), so that a failure can be run again. */
function randomLengths(seed: number, total: number): number[] {
  const lengths: number[] = [];
  let state = seed;
  for (let sum = 0; sum < total; ) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const length = 1 + (((mixed ^ (mixed >>> 14)) >>> 0) % 40);
    lengths.push(length);
    sum += length;
  }
  return lengths;
}

const SEED = Number(process.env['SEED'] ?? Date.now() % 100_000);

describe.each([...streams, ...failures])('$name', ({ body, want }) => {
  it('whole', async () => expect(await replay(bytes(body))).toMatchObject(want));
  it('a byte at a time', async () => expect(await replay(bytes(body), { split: 1 })).toMatchObject(want));
  it(`at random lengths (seed ${SEED})`, async () => {
    const split = randomLengths(SEED, bytes(body).length);
    expect(await replay(bytes(body), { split })).toMatchObject(want);
  });
  it.each([
    ['CRLF', body.replaceAll('\n', '\r\n')],
    ['bare CR', body.replaceAll('\n', '\r')],
    ['a BOM in front', `\uFEFF${body}`],
    ['comments between', body.replaceAll('\n\n', '\n\n: ping\n\n')],
    ['no last blank line', body.replace(/\n+$/, '')],
  ])('with %s', async (_, changed) => {
    expect(await replay(bytes(changed))).toMatchObject(want);
    expect(await replay(bytes(changed), { split: 1 })).toMatchObject(want);
  });
});

it.each(streams)('$name: cut at every byte keeps the prefix and says interrupted', async ({ body, want }) => {
  const whole = bytes(body);
  for (let length = 0; length < whole.length; length++) {
    const cut: Replayed = await replay(whole.slice(0, length));
    expect(cut.error).toBeNull();
    expect((want.text ?? '').startsWith(cut.text)).toBe(true);
    const complete = cut.finishReason !== null || body.slice(0, length).includes('[DONE]');
    expect(cut.interrupted, `at byte ${length}`).toBe(!complete);
  }
});

it('shows JSON that came though a stream was asked for', async () => {
  const reply = { choices: [{ message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }] };
  expect(await replay(bytes(JSON.stringify(reply)))).toMatchObject({ text: 'whole', finishReason: 'stop' });
});

it('knows a page from an API', async () => {
  const outcome = await replay(bytes('<!doctype html><title>Sign in</title>'), { contentType: 'text/html' });
  expect(outcome.error?.code).toBe('not-an-api');
});
