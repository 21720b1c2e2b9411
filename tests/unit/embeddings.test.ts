import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBatches, type EmbedInput, embed } from '../../lib/engine/embeddings.ts';
import { StreamError } from '../../lib/engine/errors.ts';
import { defaultRetryPolicy } from '../../lib/engine/retry.ts';
import { type Clock, realClock } from '../../lib/engine/timeouts.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import type { JsonObject, JsonValue } from '../../lib/engine/types.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { openAiEmbeddings } from '../../lib/providers/openai/embeddings.ts';
import { embed as expectedVector } from '../provider/embeddings.ts';
import { type Provider, startProvider } from '../provider/server.ts';
import { FakeClock } from './support/fake-clock.ts';

interface Asked {
  input: string[];
  encoding_format?: string;
}

/** A clock whose waits pass at once; those of `pending` requests do not, as long as they are answered. */
function createQuickClock(): Clock & { waits: number[] } {
  const clock = new FakeClock();
  const waits: number[] = [];
  return {
    waits,
    now: () => clock.now(),
    after(ms, fire) {
      if (ms >= 60_000) return () => {};
      waits.push(ms);
      const timer = setImmediate(fire);
      return () => clearImmediate(timer);
    },
  };
}

async function run(
  answer: (asked: Asked, call: number) => Response | Promise<Response>,
  inputs: readonly string[] = ['a', 'b'],
  more: Partial<EmbedInput> = {},
) {
  const asked: Asked[] = [];
  const fetch: Fetch = async (_, init) => {
    const body = JSON.parse(String(init.body)) as Asked;
    asked.push(body);
    return answer(body, asked.length);
  };
  const clock = createQuickClock();
  const settings: EmbedInput = {
    inputs,
    model: 'm',
    baseUrl: 'https://api.test/v1',
    // Looks like no key: only who knows it can remove it.
    key: 'my secret',
    dialect: openAiDialect,
    api: openAiEmbeddings,
    fetch,
    clock,
    retry: defaultRetryPolicy,
    random: () => 0.5,
    signal: new AbortController().signal,
    ...more,
  };
  const result = await embed(settings).catch((error: unknown) => {
    if (!(error instanceof StreamError)) throw error;
    return error;
  });
  const vectors = result instanceof StreamError ? [] : result.vectors.map((vector) => [...vector]);
  const { code, message } = result instanceof StreamError ? result : { code: 'done', message: '' };
  return { asked, vectors, code, message, waits: clock.waits, result };
}

const data = (rows: JsonValue[], more: JsonObject = {}) =>
  Response.json({ object: 'list', data: rows, ...more });
/** A vector that tells its text. */
const vectorOf = (text: string) => [text.length, text.codePointAt(0) ?? 0, -1.5];
const toBase64 = (numbers: readonly number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [place, number] of numbers.entries()) bytes.writeFloatLE(number, place * 4);
  return bytes.toString('base64');
};
const echo = ({ input }: Asked) => data(input.map((text, index) => ({ index, embedding: vectorOf(text) })));

describe('batches', () => {
  it('hold every text once, in order, within the limits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (inputs, maxInputs, maxBytes) => {
          const batches = createBatches(inputs, maxInputs, maxBytes);
          expect(batches.flat()).toEqual(inputs);
          for (const batch of batches) {
            expect(batch.length).toBeGreaterThan(0);
            expect(batch.length).toBeLessThanOrEqual(maxInputs);
            if (batch.length > 1) expect(Buffer.byteLength(batch.join(''))).toBeLessThanOrEqual(maxBytes);
          }
          for (const [place, batch] of batches.entries()) {
            const next = batches[place + 1]?.[0];
            if (next === undefined || batch.length === maxInputs) continue;
            expect(Buffer.byteLength([...batch, next].join('')), 'a batch ends early').toBeGreaterThan(
              maxBytes,
            );
          }
        },
      ),
    );
  });
  it('of no text ask nothing', async () => {
    const { asked, result } = await run(echo, []);
    expect(asked).toEqual([]);
    expect(result).toMatchObject({ vectors: [], promptTokens: 0 });
  });
  it('are 64 texts by default, and 200 kB', async () => {
    const many = await run(
      echo,
      Array.from({ length: 130 }, (_, place) => `t${place}`),
    );
    expect(many.asked.map(({ input }) => input.length)).toEqual([64, 64, 2]);
    expect(many.vectors).toHaveLength(130);
    const long = await run(echo, ['é'.repeat(60_000), 'é'.repeat(60_000), 'x'.repeat(300_000), 'y']);
    expect(long.asked.map(({ input }) => input.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('vectors', () => {
  it('come in the order of the texts, however the server shuffles, in both encodings', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        async (inputs, asBase64, random) => {
          const { vectors, code } = await run(
            ({ input }) => {
              const rows = input.map((text, index) => ({
                index,
                embedding: asBase64 ? toBase64(vectorOf(text)) : vectorOf(text),
              }));
              const keyed = rows.map((row) => ({ row, by: random.next().value ?? 0 }));
              return data(keyed.sort((a, b) => a.by - b.by).map(({ row }) => row));
            },
            inputs,
            { maxInputs: 7 },
          );
          expect(code).toBe('done');
          expect(vectors).toEqual(inputs.map(vectorOf));
        },
      ),
      { numRuns: 50 },
    );
  });
  it('are 32-bit floats, little-endian', async () => {
    const { vectors } = await run(() => data([{ index: 0, embedding: 'AACAPwAAAMA=' }]), ['a']);
    expect(vectors).toEqual([[1, -2]]);
  });
  it('are asked for as base64, or as is wanted', async () => {
    expect((await run(echo)).asked[0]?.encoding_format).toBe('base64');
    expect((await run(echo, ['a'], { encoding: 'float' })).asked[0]?.encoding_format).toBe('float');
    expect((await run(echo, ['a'], { encoding: 'unsaid' })).asked[0]).not.toHaveProperty('encoding_format');
  });
  it.each([
    ['without indexes, by their place', data([{ embedding: [1] }, { embedding: [2] }])],
    [
      'in a bare array, wrapped once more',
      Response.json([
        { index: 1, embedding: [[2]] },
        { index: 0, embedding: [[1]] },
      ]),
    ],
  ])('%s', async (_, response) => {
    expect((await run(() => response)).vectors).toEqual([[1], [2]]);
  });
  it.each<[string, JsonValue[]]>([
    ['too few', [{ index: 0, embedding: [1] }]],
    ['too many', [0, 1, 2].map((index) => ({ index, embedding: [1] }))],
    ['one index twice', [0, 0].map((index) => ({ index, embedding: [1] }))],
    ['an index beyond', [0, 2].map((index) => ({ index, embedding: [1] }))],
    ['a huge index', [0, 1e9].map((index) => ({ index, embedding: [1] }))],
    [
      'an index that is none',
      [
        { index: 0, embedding: [1] },
        { index: '1', embedding: [1] },
      ],
    ],
    ['one without an index', [{ index: 0, embedding: [1] }, { embedding: [1] }]],
    [
      'different lengths',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: [1, 2] },
      ],
    ],
    [
      'no numbers',
      [
        { index: 0, embedding: [] },
        { index: 1, embedding: [] },
      ],
    ],
    [
      'text among numbers',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: ['1'] },
      ],
    ],
    [
      'null',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: null },
      ],
    ],
    ['a row that is none', [{ index: 0, embedding: [1] }, 7]],
    [
      'bad base64',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: '*' },
      ],
    ],
    [
      'half a float',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: 'AACAPwAA' },
      ],
    ],
    [
      'NaN',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: toBase64([Number.NaN]) },
      ],
    ],
    [
      'Infinity',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: toBase64([Number.POSITIVE_INFINITY]) },
      ],
    ],
    [
      'too large for 32 bits',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: [1e300] },
      ],
    ],
  ])('%s are bad data', async (_, rows) => {
    expect(await run(() => data(rows))).toMatchObject({ code: 'bad-data', vectors: [] });
  });
  it('that differ in length between batches are bad data', async () => {
    const { code } = await run(
      (_, call) => data([{ index: 0, embedding: call === 1 ? [1] : [1, 2] }]),
      ['a', 'b'],
      {
        maxInputs: 1,
      },
    );
    expect(code).toBe('bad-data');
  });
  it('tokens are added up, where every reply says them', async () => {
    const say = (tokens: (number | null)[]) =>
      run(
        (_, call) =>
          data([{ index: 0, embedding: [1] }], { usage: { prompt_tokens: tokens[call - 1] ?? null } }),
        ['a', 'b'],
        {
          maxInputs: 1,
        },
      );
    expect((await say([3, 4])).result).toMatchObject({ promptTokens: 7 });
    expect((await say([3, null])).result).toMatchObject({ promptTokens: null });
  });
});

describe('errors', () => {
  const failure = (status: number, message: string, headers: Record<string, string> = {}) =>
    Response.json({ error: { message } }, { status, headers });
  it.each([
    ['401', () => failure(401, 'bad key my secret'), 'unauthorised'],
    ['404', () => failure(404, 'The model m does not exist'), 'model-not-found'],
    ['400', () => failure(400, 'no'), 'bad-request'],
    ['an error in a 200', () => Response.json({ error: { message: 'no', code: 401 } }), 'unauthorised'],
    ['a portal', () => new Response('<html>Sign in</html>'), 'not-an-api'],
    ['no JSON', () => new Response('hello'), 'bad-data'],
    ['no list', () => Response.json({ data: {} }), 'bad-data'],
    ['nothing', () => new Response(''), 'bad-data'],
    [
      'a redirect',
      () => new Response('', { status: 307, headers: { location: 'https://b.test' } }),
      'redirect',
    ],
  ])('%s ends it at once', async (_, answer, code) => {
    const turn = await run(answer);
    expect(turn).toMatchObject({ code, waits: [] });
    expect(turn.asked).toHaveLength(1);
    expect(turn.message).not.toContain('secret');
  });
  it('what passes is repeated, with the waits of the policy', async () => {
    const seen: number[] = [];
    const turn = await run((asked, call) => (call < 3 ? failure(503, 'busy') : echo(asked)), ['a'], {
      onRetry: ({ waitMs }) => seen.push(waitMs),
    });
    expect(turn).toMatchObject({ code: 'done', waits: [750, 1500] });
    expect(seen).toEqual([750, 1500]);
    expect(await run(() => failure(503, 'busy'))).toMatchObject({ code: 'overloaded' });
    expect((await run(() => failure(503, 'busy'))).asked).toHaveLength(4);
    const later = await run((asked, call) =>
      call === 1 ? failure(429, 'slow', { 'retry-after': '2' }) : echo(asked),
    );
    expect(later.waits).toEqual([2000]);
  });
  it('a batch that failed is repeated, not those before it', async () => {
    const turn = await run(
      (asked, call) => (call === 2 ? failure(500, 'oh') : echo(asked)),
      ['a', 'b', 'c'],
      {
        maxInputs: 1,
      },
    );
    expect(turn.asked.map(({ input }) => input[0])).toEqual(['a', 'b', 'b', 'c']);
    expect(turn.vectors).toEqual(['a', 'b', 'c'].map(vectorOf));
  });
  it('a refused encoding is left out, once and for the rest', async () => {
    const turn = await run(
      (asked) => (asked.encoding_format ? failure(422, "extra_forbidden: 'encoding_format'") : echo(asked)),
      ['a', 'b'],
      { maxInputs: 1 },
    );
    expect(turn).toMatchObject({ code: 'done', result: { encoding: 'unsaid' }, waits: [] });
    expect(turn.asked.map(({ encoding_format }) => encoding_format)).toEqual([
      'base64',
      undefined,
      undefined,
    ]);
    const stubborn = await run(() => failure(400, 'encoding_format'));
    expect(stubborn.code).toBe('bad-request');
    expect(stubborn.asked).toHaveLength(2);
  });
  it('a bug of ours is not repeated', async () => {
    await expect(
      run(() => {
        throw new RangeError('bug');
      }),
    ).rejects.toThrow(RangeError);
  });
});

describe('time and abort', () => {
  const hang = () => new Promise<Response>(() => {});
  it('no headers in time', async () => {
    const clock = new FakeClock();
    const turn = run(() => hang(), ['a'], {
      clock,
      limitMs: 1000,
      retry: { ...defaultRetryPolicy, retries: 0 },
    });
    clock.advance(1000);
    expect(await turn).toMatchObject({ code: 'timeout-connect' });
    expect(clock.pending).toBe(0);
  });
  it('no end of the body in time', async () => {
    const clock = new FakeClock();
    const stalled = new ReadableStream<Uint8Array>({
      pull() {
        setImmediate(() => clock.advance(1000));
        return new Promise(() => {});
      },
    });
    const turn = await run(() => new Response(stalled), ['a'], { clock, limitMs: 1000 });
    expect(turn).toMatchObject({ code: 'timeout-total' });
    expect(turn.asked).toHaveLength(1);
  });
  it('stopped before it begins asks nothing', async () => {
    const turn = await run(echo, ['a'], { signal: AbortSignal.abort() });
    expect(turn).toMatchObject({ code: 'aborted', asked: [] });
  });
  const never = () => new Promise<void>(() => {});
  const soon = (stop: AbortController) => void setImmediate(() => stop.abort());
  it.each<[string, (stop: AbortController) => Response | Promise<Response>]>([
    [
      'while it waits for headers',
      (stop) => {
        soon(stop);
        return hang();
      },
    ],
    [
      'while the body comes',
      (stop) => {
        const pull = () => {
          soon(stop);
          return never();
        };
        return new Response(new ReadableStream({ pull }));
      },
    ],
    [
      'between attempts',
      (stop) => {
        setImmediate(() => soon(stop));
        return new Response('', { status: 429, headers: { 'retry-after': '30' } });
      },
    ],
  ])('stopped %s', async (_, script) => {
    const stop = new AbortController();
    const clock = new FakeClock();
    const turn = await run(() => script(stop), ['a', 'b'], { signal: stop.signal, clock, maxInputs: 1 });
    expect(turn.code).toBe('aborted');
    expect(turn.asked).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

describe('over a real server', () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({ rate: 0 });
  });
  afterEach(() => provider.reset());
  afterAll(() => provider.close());

  const call = (more: Partial<EmbedInput> = {}) =>
    embed({
      inputs: ['rain on a hill', 'a stream', '中文'],
      model: 'scripted-embedding',
      baseUrl: provider.url,
      key: 'k',
      dialect: openAiDialect,
      api: openAiEmbeddings,
      fetch,
      clock: realClock,
      retry: { ...defaultRetryPolicy, baseMs: 1 },
      random: () => 0,
      signal: new AbortController().signal,
      maxInputs: 2,
      ...more,
    });

  it.each(['base64', 'float', 'unsaid'] as const)('%s gives the same vectors', async (encoding) => {
    const { vectors, promptTokens } = await call({ encoding });
    expect(vectors).toEqual(['rain on a hill', 'a stream', '中文'].map(expectedVector));
    expect(promptTokens).toBeGreaterThan(0);
    expect(provider.journal.map(({ path }) => path)).toEqual(['/v1/embeddings', '/v1/embeddings']);
    expect(provider.journal[0]?.headers.authorization).toBe('Bearer k');
  });
  it('a redirect is not followed', async () => {
    provider.planFor(({ path }) => path.endsWith('/embeddings'), { redirectTo: `${provider.url}/elsewhere` });
    await expect(call()).rejects.toMatchObject({ code: 'redirect' });
    expect(provider.journal).toHaveLength(1);
  });
  it('a connection that is cut is tried again', async () => {
    const undo = provider.planFor(({ path }) => path.endsWith('/embeddings'), { closeBeforeHeaders: true });
    const { vectors } = await call({ onRetry: () => undo() });
    expect(vectors).toHaveLength(3);
    expect(provider.journal).toHaveLength(3);
  });
});
