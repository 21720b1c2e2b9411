// Streams of our own through the engine: in every mutation, and cut at every byte.
import { describe, expect, it } from 'vitest';
import { failures } from '../fixtures/failures.ts';
import { cutsOf, mutate, SEED, withoutDone } from '../fixtures/mutations.ts';
import { streams } from '../fixtures/streams.ts';
import { readCut } from '../replay/cut.ts';
import { replay } from '../replay/replay.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe.each([...streams, ...failures])('$name', ({ body, want }) => {
  it(`every mutation (seed ${SEED})`, async () => {
    for (const { name, bytes: sent, split } of mutate(body, true)) {
      expect(await replay(sent, { split }), name).toMatchObject(want);
    }
  });

  it('cut at every byte keeps the prefix and says interrupted until it is complete', async () => {
    const whole = bytes(body);
    const complete = await replay(whole);
    for (const length of cutsOf(whole.length, 4096, 300)) {
      const { message, code } = readCut(whole, length);
      const how = `cut at byte ${length}`;
      expect(complete.text.startsWith(message.text), how).toBe(true);
      expect((complete.reasoning ?? '').startsWith(message.reasoning), how).toBe(true);
      for (const [index, call] of message.toolCalls.entries())
        expect(complete.toolCalls[index]?.arguments.startsWith(call.arguments), how).toBe(true);
      const ended = message.finishReason !== null || body.slice(0, length).includes('[DONE]');
      if (code !== complete.error?.code) expect(code, how).toBe(ended ? undefined : 'interrupted');
    }
  });
});

it('leaves every prototype as it was', () => {
  expect('polluted' in {}).toBe(false);
  expect('content' in {}).toBe(false);
});

it.each(streams.filter(({ body, want }) => want.finishReason && body.includes('[DONE]')))(
  '$name: the same without [DONE]',
  async ({ body, want }) => {
    const cut = withoutDone(body);
    expect(cut).not.toContain('[DONE]');
    expect(await replay(bytes(cut))).toMatchObject({ ...want, interrupted: false });
  },
);

it('keeps the lines that arrived where one newline stands between chunks and the last one is cut', () => {
  const line = (content: string) => `data: {"choices":[{"delta":{"content":"${content}"}}]}\n`;
  const body = bytes(line('a') + line('b') + line('c'));
  const cut = readCut(body, body.length - 5);
  expect(cut).toMatchObject({ message: { text: 'ab' }, code: 'interrupted' });
});

describe('a whole reply though a stream was asked for', () => {
  const reply = {
    choices: [{ message: { role: 'assistant', content: 'whole', reasoning: 'hm' }, finish_reason: 'stop' }],
    usage: { total_tokens: 1 },
  };
  const text = JSON.stringify(reply);
  const want = {
    text: 'whole',
    reasoning: 'hm',
    finishReason: 'stop',
    usage: { total_tokens: 1 },
    error: null,
  };

  it.each([
    ['JSON', text],
    ['JSON over many lines', JSON.stringify(reply, null, 2)],
    ['JSON after a byte order mark and white space', `\uFEFF\n ${text}\n`],
    ['JSON with data: [DONE] behind it', `${text}\n\ndata: [DONE]\n\n`],
    ['JSON with [DONE] glued to it', `${text}data: [DONE]`],
    [
      'JSON lines without a frame',
      '{"choices":[{"delta":{"content":"who"}}]}\n{"choices":[{"delta":{"content":"le"},"finish_reason":"stop"}]}\n',
    ],
  ])('%s', async (name, body) => {
    const expected = name.includes('lines without') ? { text: 'whole', finishReason: 'stop' } : want;
    for (const split of [0, 1, 7])
      expect(await replay(bytes(body), { split, contentType: 'text/plain' })).toMatchObject(expected);
  });

  it('is interrupted where it is cut', () => {
    const whole = bytes(text);
    for (let length = 0; length < whole.length; length++)
      expect(readCut(whole, length), `cut at byte ${length}`).toMatchObject({ code: 'interrupted' });
  });

  it('is no answer where it says nothing', async () => {
    expect((await replay(bytes('{"a" b}'))).error?.code).toBe('bad-data');
    expect((await replay(bytes('[]'))).error?.code).toBe('bad-data');
  });
});

describe('status 200, and no answer', () => {
  it.each([
    [
      '{"code":"The service is currently unavailable","error":"Timed out waiting for first token"}',
      'server',
      'Timed out waiting for first token',
    ],
    [
      '{"error":"Unexpected endpoint or method. (POST /chat). Returning 200 anyway"}',
      'not-found',
      'Unexpected endpoint or method. (POST /chat). Returning 200 anyway',
    ],
    [
      '[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]',
      'unauthorised',
      'API key not valid. Please pass a valid API key.',
    ],
    ['{"detail":"Not Found"}', 'server', 'Not Found'],
    ['<!doctype html><title>Sign in</title>', 'not-an-api', '<!doctype html><title>Sign in</title>'],
    ['Welcome to the router\n', 'not-an-api', 'Welcome to the router\n'],
  ])('%s', async (body, code, message) => {
    for (const split of [0, 1])
      expect((await replay(bytes(body), { split, contentType: 'text/plain' })).error).toEqual({
        code,
        message,
      });
  });

  it.each(['', '\n\n', ': nothing yet\n\n', 'data:\n\n', 'da', 'event: message', 'retry: 10\n'])(
    'a stream of nothing (%j) is interrupted',
    async (body) =>
      expect(await replay(bytes(body))).toMatchObject({ text: '', interrupted: true, error: null }),
  );
});
