// Whatever comes: nothing but a StreamError, the same in every split, and always an end. `FUZZ_RUNS=100000` runs longer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../lib/engine/errors.ts';
import { responseError } from '../../lib/providers/openai/errors.ts';
import { chunk, DONE, event, finish } from '../fixtures/chunks.ts';
import { readCut } from '../replay/cut.ts';
import { replay } from '../replay/replay.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
const encode = (text: string) => new TextEncoder().encode(text);

const key = fc.constantFrom(
  ...[
    'choices',
    'delta',
    'message',
    'content',
    'error',
    'code',
    'type',
    'usage',
    'index',
    'tool_calls',
    'function',
    'name',
    'id',
  ],
  ...[
    'arguments',
    'function_call',
    'finish_reason',
    'reasoning_details',
    'refusal',
    'detail',
    'metadata',
    'raw',
    'x_groq',
    '__proto__',
  ],
);
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('text', 'thinking', 'error', 'stop', '[DONE]', '<think>'),
);
/** JSON of the words that chunks are made of, in any order. */
const { node: anything } = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 6, withCrossShrink: true }, scalar, tie('list'), tie('object')),
  list: fc.array(tie('node'), { maxLength: 3 }),
  object: fc.dictionary(key, tie('node'), { maxKeys: 4 }),
}));
const delta = fc.dictionary(key, anything as fc.Arbitrary<unknown>, { maxKeys: 4 });
const valid = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((content) => chunk({ content })),
  fc
    .nat(4)
    .map((index) =>
      chunk({ tool_calls: [{ index, id: `${index}`, function: { name: 'x', arguments: '{}' } }] }),
    ),
  delta.map((more) => chunk(more)),
  (anything as fc.Arbitrary<unknown>).map((value) => event(JSON.stringify(value))),
  fc.constantFrom(finish('stop'), DONE, ': ping\n\n', 'event: error\n', 'data: x\n', '\uFEFF', '\r', '\n'),
);

/** A stream with some of its bytes turned into others. */
const mutated = fc
  .tuple(
    fc.array(valid, { maxLength: 8 }).map((parts) => encode(parts.join(''))),
    fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 6 }),
  )
  .map(([bytes, changes]) => {
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes;
  });
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  mutated,
  fc.string({ unit: 'binary' }).map(encode),
);

describe('fuzz', () => {
  it('any body: an answer or a known error, the same in every split', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 1, max: 40 }), (bytes, split) => {
        const whole = readCut(bytes);
        expect([undefined, ...ERROR_CODES]).toContain(whole.code);
        for (const reads of [1, split]) {
          const { message, code } = readCut(bytes, bytes.length, reads);
          // After an error the rest of the same read is looked at for its usage and finish reason; with other reads there is less rest.
          const late = { usage: null, finishReason: null };
          const differs = code !== undefined && code !== 'interrupted' ? late : {};
          expect(code).toBe(whole.code);
          expect({ ...message, ...differs }).toEqual({ ...whole.message, ...differs });
        }
      }),
      { numRuns },
    );
  });

  it('any body through a whole turn: an outcome, and no throw', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, fc.constantFrom(200, 400, 401, 404, 429, 500), async (bytes, status) => {
        const outcome = await replay(bytes, { status, split: 5 });
        if (status !== 200) expect(outcome.error).not.toBeNull();
        expect(Object.keys({})).toEqual([]);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  it('any error body: a code and some words', { timeout: 600_000 }, () => {
    const body = fc.oneof(
      (anything as fc.Arbitrary<unknown>).map((value) => JSON.stringify(value)),
      fc.string(),
      fc.string().map((text) => `<html>${text}`),
    );
    fc.assert(
      fc.property(body, fc.integer({ min: 400, max: 599 }), (text, status) => {
        const error = responseError(status, new Headers(), text);
        expect(ERROR_CODES).toContain(error.code);
        expect(error.message.length).toBeGreaterThan(0);
        expect(error.message.length).toBeLessThan(9000);
      }),
      { numRuns },
    );
  });
});
