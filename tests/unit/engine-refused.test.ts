import { describe, expect, it } from 'vitest';
import { type AttemptInput, runAttempt } from '../../lib/engine/attempt.ts';
import { StreamError } from '../../lib/engine/errors.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { createRefusalMemo, findRefused, withoutRefused } from '../../lib/engine/refused.ts';
import { defaultRetryPolicy } from '../../lib/engine/retry.ts';
import { runTurn } from '../../lib/engine/run-turn.ts';
import type { JsonObject } from '../../lib/engine/types.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { startProvider } from '../provider/server.ts';
import { FakeClock } from './support/fake-clock.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const FULL: JsonObject = {
  model: 'm',
  messages: [],
  stream: true,
  stream_options: { include_usage: true },
  temperature: 0.3,
  max_tokens: 100,
  response_format: { type: 'json_object' },
};
const URL_ = 'https://api.test/v1/chat/completions';

const wrapped = (message: string, param: string | null = null, code: string | null = null) =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param, code } });
const detail = (...items: JsonObject[]) => JSON.stringify({ detail: items });

describe('a refusal is found in', () => {
  it.each<[string, number, string, string[]]>([
    [
      'the parameter',
      400,
      wrapped('Unrecognized request argument.', 'stream_options.include_usage'),
      ['stream_options'],
    ],
    [
      'words of an old gateway',
      400,
      wrapped("property 'stream_options' is unsupported, did you mean 'stream'?"),
      ['stream_options'],
    ],
    [
      'words of a Go server',
      400,
      JSON.stringify({
        error_code: 'BAD_REQUEST',
        message: 'Bad request: json: unknown field "stream_options"',
      }),
      ['stream_options'],
    ],
    ['plain text', 400, '"stream_options" is not allowed', ['stream_options']],
    [
      'a path of details',
      422,
      detail({
        type: 'extra_forbidden',
        loc: ['body', 'stream_options'],
        msg: 'Extra inputs are not permitted',
      }),
      ['stream_options'],
    ],
    [
      'details inside a message',
      422,
      JSON.stringify({
        object: 'error',
        message: {
          detail: [
            {
              type: 'extra_forbidden',
              loc: ['body', 'stream_options'],
              msg: 'Extra inputs are not permitted',
            },
          ],
        },
      }),
      ['stream_options'],
    ],
    [
      'two details at once',
      422,
      detail(
        { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' },
        { type: 'extra_forbidden', loc: ['body', 'temperature'], msg: 'Extra inputs are not permitted' },
      ),
      ['stream_options', 'temperature'],
    ],
    [
      'a model that reasons, the limit',
      400,
      wrapped(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        'max_tokens',
        'unsupported_parameter',
      ),
      ['max_tokens'],
    ],
    [
      'a model that reasons, the temperature',
      400,
      wrapped(
        "Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported.",
        'temperature',
        'unsupported_value',
      ),
      ['temperature'],
    ],
    [
      'words without a parameter',
      400,
      wrapped('invalid temperature: only 1 is allowed for this model'),
      ['temperature'],
    ],
    [
      'a list',
      400,
      wrapped("UnsupportedParams: m does not support parameters: ['temperature']"),
      ['temperature'],
    ],
    [
      'a model that cannot stream',
      400,
      wrapped("Unsupported value: 'stream' does not support true with this model.", 'stream'),
      ['stream'],
    ],
    ['a form of answer', 400, wrapped('This response_format type is unavailable now'), ['response_format']],
    ['a form of answer, named', 400, wrapped('Not supported.', 'response_format'), ['response_format']],
  ])('%s', (_, status, body, fields) => expect(findRefused(status, body, FULL)).toEqual(fields));

  it.each<[string, number, string]>([
    ['another status', 500, wrapped('stream_options is unsupported', 'stream_options')],
    ['401', 401, wrapped('stream_options is unsupported', 'stream_options')],
    ['another field', 400, wrapped("Unknown parameter: 'max_tokens_to_sample'", 'max_tokens_to_sample')],
    [
      'a value out of bounds',
      400,
      wrapped(
        "Invalid 'temperature': decimal above maximum value. Expected a value <= 2.",
        'temperature',
        'decimal_above_max_value',
      ),
    ],
    ['a limit that is too high', 400, wrapped('max_tokens is too large: 100000', 'max_tokens')],
    [
      'our own request sent back',
      422,
      detail({
        type: 'missing',
        loc: ['body', 'user'],
        msg: 'Field required',
        input: { param: 'stream_options', note: 'unsupported stream_options' },
      }),
    ],
    ['a mention', 400, wrapped('The prompt asks for the temperature in Oslo.')],
    ['an empty body', 400, ''],
    ['a deep body', 400, `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('not in %s', (_, status, body) => expect(findRefused(status, body, FULL)).toEqual([]));

  it('only for what was sent', () => {
    expect(findRefused(400, wrapped('unsupported', 'temperature'), { model: 'm' })).toEqual([]);
  });
});

describe('a refused field', () => {
  it('is left out, renamed, or kept where the caller has to know', () => {
    const mended = withoutRefused(
      FULL,
      new Set(['stream_options', 'max_tokens', 'response_format', 'model']),
    );
    expect(mended).toEqual({
      model: 'm',
      messages: [],
      stream: true,
      temperature: 0.3,
      max_completion_tokens: 100,
      response_format: { type: 'json_object' },
    });
    expect(FULL['max_tokens']).toBe(100);
  });
  it('that is refused under both names is not dropped in silence', () => {
    const both = new Set(['max_tokens', 'max_completion_tokens']);
    expect(withoutRefused(FULL, both)['max_tokens']).toBe(100);
  });
});

/** Runs one attempt against a server that refuses fields one at a time; the bodies that it got, and how it ended. */
async function attempt(
  answer: (body: JsonObject, call: number) => Response,
  more: Partial<AttemptInput> = {},
) {
  const bodies: JsonObject[] = [];
  const message = emptyMessage();
  const run = runAttempt({
    url: URL_,
    headers: {},
    body: FULL,
    dialect: openAiDialect,
    timeouts: { connect: 0, firstToken: 0, idle: 0, total: 0 },
    fetch: async (_, init) => {
      const body = JSON.parse(String(init.body)) as JsonObject;
      bodies.push(body);
      return answer(body, bodies.length);
    },
    clock: new FakeClock(),
    signal: new AbortController().signal,
    ...more,
  });
  try {
    for await (const { events } of run) fold(message, events);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    return { bodies, message, error };
  }
  return { bodies, message, error: undefined };
}

const ok = () => new Response(delta('ok') + FINISH + DONE);
const refuse = (field: string) =>
  new Response(wrapped(`Unsupported parameter: '${field}'`, field), { status: 400 });

describe('an attempt that is refused', () => {
  it('goes out again once for each field', async () => {
    const order = ['stream_options', 'temperature', 'max_tokens'];
    const { bodies, message } = await attempt((body) => {
      const field = order.find((name) => body[name] !== undefined);
      return field ? refuse(field) : ok();
    });
    expect(message.text).toBe('ok');
    expect(bodies).toHaveLength(4);
    expect(bodies.at(-1)).toEqual({
      model: 'm',
      messages: [],
      stream: true,
      max_completion_tokens: 100,
      response_format: { type: 'json_object' },
    });
  });
  it('and not a second time for the same one', async () => {
    const { bodies, error } = await attempt(() => refuse('temperature'));
    expect(error).toMatchObject({ code: 'bad-request', status: 400 });
    expect(bodies).toHaveLength(2);
  });
  it('under both names gives up', async () => {
    const { bodies, error } = await attempt((body) =>
      refuse(body['max_tokens'] === undefined ? 'max_completion_tokens' : 'max_tokens'),
    );
    expect(bodies).toHaveLength(2);
    expect(error?.message).toContain('max_completion_tokens');
  });
  it('for its form of answer is reported, with the field in the words', async () => {
    const answer = () => new Response(wrapped('Not supported.', 'response_format'), { status: 400 });
    const { bodies, error } = await attempt(answer);
    expect(bodies).toHaveLength(1);
    expect(error).toMatchObject({ code: 'bad-request', message: 'Not supported. (response_format)' });
  });
  it('is remembered by address and model, once it helped', async () => {
    const refusals = createRefusalMemo();
    const answer = (body: JsonObject) => (body['stream_options'] ? refuse('stream_options') : ok());
    expect((await attempt(answer, { refusals })).bodies).toHaveLength(2);
    expect(refusals.find(URL_, 'm')).toEqual(new Set(['stream_options']));
    expect((await attempt(answer, { refusals })).bodies).toHaveLength(1);
    expect((await attempt(answer, { refusals, body: { ...FULL, model: 'n' } })).bodies).toHaveLength(2);
    expect((await attempt(answer, { refusals, url: 'https://b.test/v1' })).bodies).toHaveLength(2);

    const other = createRefusalMemo();
    await attempt(() => refuse('temperature'), { refusals: other });
    expect(other.find(URL_, 'm').size).toBe(0);
  });
  it('is ended by an abort, and sends nothing more', async () => {
    const stop = new AbortController();
    const { bodies, error } = await attempt(
      () => {
        stop.abort();
        return refuse('temperature');
      },
      { signal: stop.signal },
    );
    expect(error?.code).toBe('aborted');
    expect(bodies).toHaveLength(1);
  });
});

it('a real server that refuses one field after the other is asked until it answers, without a retry', async () => {
  const provider = await startProvider({ rate: 0 });
  const steps = new Set<string>();
  let text = '';
  try {
    provider.planFor(() => true, { text: 'as you like' });
    for (const field of ['stream_options', 'temperature'])
      provider.planFor((entry) => field in (entry.body as JsonObject), {
        status: 422,
        body: detail({
          type: 'extra_forbidden',
          loc: ['body', field],
          msg: 'Extra inputs are not permitted',
        }),
      });
    const turn = runTurn({
      url: openAiDialect.chatUrl(provider.url),
      headers: openAiDialect.headers('sk-CANARY-1'),
      secret: 'sk-CANARY-1',
      request: { model: 'm', messages: [{ role: 'user', content: 'hi' }], temperature: 0.3 },
      dialect: openAiDialect,
      timeouts: { connect: 0, firstToken: 0, idle: 0, total: 0 },
      fetch: (url, init) => fetch(url, init),
      clock: new FakeClock(),
      signal: new AbortController().signal,
      retry: { ...defaultRetryPolicy, retries: 0 },
      continuations: 0,
      random: () => 0,
    });
    for await (const step of turn) {
      steps.add(step.type);
      if (step.type !== 'batch') continue;
      for (const event of step.events) if (event.type === 'text') text += event.text;
    }
    expect(text).toBe('as you like');
    expect([...steps]).toEqual(['batch']);
    expect(provider.journal.map(({ body }) => Object.keys(body as JsonObject).sort())).toEqual([
      ['messages', 'model', 'stream', 'stream_options', 'temperature'],
      ['messages', 'model', 'stream', 'stream_options'],
      ['messages', 'model', 'stream'],
    ]);
  } finally {
    await provider.close();
  }
});
