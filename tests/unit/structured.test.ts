import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StreamError, toTrouble } from '../../lib/engine/errors.ts';
import type { Ask } from '../../lib/engine/fold-turn.ts';
import { once } from '../../lib/engine/retry.ts';
import { runTurn } from '../../lib/engine/run-turn.ts';
import {
  runStructured,
  type StructuredInput,
  type StructuredMode,
  type StructuredStep,
} from '../../lib/engine/structured.ts';
import { createPartialReader } from '../../lib/engine/structured-partial.ts';
import { realClock } from '../../lib/engine/timeouts.ts';
import type { ChatRequest, JsonObject } from '../../lib/engine/types.ts';
import { extraFields } from '../../lib/providers/openai/chat-body.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { type Provider, startProvider } from '../provider/server.ts';
import { createScriptedAsk, type Script } from './support/scripted-ask.ts';

const schema: JsonObject = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
};
const validate = (value: unknown) =>
  typeof value === 'object' && value !== null && typeof (value as { city?: unknown }).city === 'string'
    ? []
    : ['"city" must be a text.'];
const request: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Where?' }] };
const refused = (message: string, code: 'bad-request' | 'model-not-found' = 'bad-request', status = 400) =>
  new StreamError(code, message, { status });

async function collect(input: Partial<StructuredInput> & { ask: Ask }) {
  const steps: StructuredStep[] = [];
  let trouble: ReturnType<typeof toTrouble> | null = null;
  try {
    for await (const step of runStructured({
      request,
      name: 'place',
      schema,
      validate,
      mode: 'json_schema',
      ...input,
    }))
      steps.push(step);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    trouble = toTrouble(error);
  }
  const value = steps.find((step) => step.type === 'value');
  const anew = steps.filter((step) => step.type === 'anew').map(({ reason }) => reason);
  return { steps, trouble, value: value?.value, mode: value?.mode, anew };
}

async function run(
  script: Script,
  mode: StructuredMode = 'json_schema',
  more: Partial<StructuredInput> = {},
) {
  const { ask, requests } = createScriptedAsk(script);
  return { ...(await collect({ ask, mode, ...more })), requests };
}

describe('an answer that fits', () => {
  it.each([
    ['as it is', { text: '{"city":"Bern"}' }],
    ['in a fence', { text: '```json\n{"city":"Bern"}\n```\n' }],
    ['in a fence without a name', { text: '```\n{"city":"Bern"}```' }],
    ['with white space around', { text: '\n\n {"city":"Bern"}\n' }],
    ['beside words of refusal', { text: '{"city":"Bern"}', refusal: 'I would rather not.' }],
    ['where the reasoning is', { reasoning: '{"city":"Bern"}' }],
  ])('%s', async (_, turn) => {
    const { value, anew, requests, mode } = await run([turn]);
    expect(value).toEqual({ city: 'Bern' });
    expect(anew).toEqual([]);
    expect(mode).toBe('json_schema');
    expect(requests).toHaveLength(1);
  });

  it('is asked for in the way that was chosen', async () => {
    const turn = { text: '{"city":"Bern"}' };
    const bySchema = await run([turn], 'json_schema', { strict: true });
    expect(bySchema.requests[0]?.responseFormat).toEqual({
      type: 'json_schema',
      name: 'place',
      schema,
      strict: true,
    });
    expect(bySchema.requests[0]?.messages).toEqual(request.messages);
    const byObject = await run([turn], 'json_object');
    expect(byObject.requests[0]?.responseFormat).toEqual({ type: 'json_object' });
    expect(byObject.requests[0]?.messages[0]?.content).toContain(JSON.stringify(schema));
    const byPrompt = await run([turn], 'prompt');
    expect(byPrompt.requests[0]).not.toHaveProperty('responseFormat');
    expect(byPrompt.requests[0]?.messages[0]).toMatchObject({ role: 'system' });
  });

  it('extends a system message instead of adding a second', async () => {
    const { requests } = await run([{ text: '{"city":"Bern"}' }], 'prompt', {
      request: { ...request, messages: [{ role: 'system', content: 'Be kind.' }, ...request.messages] },
    });
    expect(requests[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(requests[0]?.messages[0]?.content).toMatch(/^Be kind\.\n\n.*schema/s);
  });
});

describe('an answer that does not fit', () => {
  it.each([
    ['the wrong shape', '{"city":7}', '"city" must be a text.'],
    ['no JSON', 'It is Bern.', 'not valid JSON'],
    ['half of it', '{"city":"Be', 'not valid JSON'],
  ])('%s is repaired once, with the answer and the problem', async (_, text, problem) => {
    const { value, anew, requests } = await run([{ text }, { text: '{"city":"Bern"}' }]);
    expect(value).toEqual({ city: 'Bern' });
    expect(anew).toEqual(['invalid']);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.messages.at(-2)).toEqual({ role: 'assistant', content: text });
    expect(requests[1]?.messages.at(-1)?.content).toContain(problem);
    expect(requests[1]?.messages.at(-1)?.content).toContain(JSON.stringify(schema));
    expect(requests[1]?.responseFormat).toEqual(requests[0]?.responseFormat);
  });
  it('twice is an error, and no third request', async () => {
    const { trouble, requests, value } = await run(() => ({ text: '{"city":7}' }));
    expect(trouble).toMatchObject({ code: 'bad-data', message: expect.stringContaining('"city" must be') });
    expect(requests).toHaveLength(2);
    expect(value).toBeUndefined();
  });
  it('nothing at all is repaired without an empty message', async () => {
    const { requests, value } = await run([{ text: '' }, { text: '{"city":"Bern"}' }]);
    expect(value).toEqual({ city: 'Bern' });
    expect(requests[1]?.messages.map(({ role }) => role)).toEqual(['user', 'user']);
  });
  it('one that was cut says so', async () => {
    const { requests } = await run([{ text: '{"city":"Be', finish: 'length' }, { text: '{"city":"Bern"}' }]);
    expect(requests[1]?.messages.at(-1)?.content).toContain('length limit');
  });
  it('a refusal is not repaired', async () => {
    const { trouble, requests } = await run([{ refusal: 'I cannot help with that.' }]);
    expect(trouble).toMatchObject({ code: 'content-filter', message: 'I cannot help with that.' });
    expect(requests).toHaveLength(1);
  });
  it('one beyond a mebibyte ends at once', async () => {
    const { trouble, requests } = await run([{ text: 'x'.repeat(1024 * 1024 + 1) }]);
    expect(trouble?.code).toBe('too-large');
    expect(requests).toHaveLength(1);
  });
  it('hundreds of problems are told in a few', async () => {
    const validateBadly = () => Array.from({ length: 300 }, (_, place) => `${place} ${'x'.repeat(1000)}`);
    const { trouble } = await run(() => ({ text: '{}' }), 'json_schema', { validate: validateBadly });
    expect(trouble?.message.length).toBeLessThan(5000);
    expect(trouble?.message).toContain('290 more');
  });
});

describe('a server that refuses response_format', () => {
  it.each([
    refused('Unknown field: response_format'),
    refused("'response_format.type' must be 'text'", 'bad-request', 422),
    refused('json_schema is not supported by this deployment'),
    refused('Model m does not support the response format json_object: not supported', 'model-not-found'),
  ])('is asked with the schema in the prompt: $message', async (error) => {
    for (const mode of ['json_schema', 'json_object'] as const) {
      const result = await run([{ error }, { text: '{"city":"Bern"}' }], mode);
      expect(result.value).toEqual({ city: 'Bern' });
      expect(result.mode).toBe('prompt');
      expect(result.anew).toEqual(['format-refused']);
      expect(result.requests[1]).not.toHaveProperty('responseFormat');
      expect(result.requests[1]?.messages[0]?.content).toContain(JSON.stringify(schema));
    }
  });
  it('gets the same validation and the same one repair', async () => {
    const error = refused('response_format is not supported');
    const { value, anew, requests } = await run([{ error }, { text: 'Bern' }, { text: '{"city":"Bern"}' }]);
    expect(value).toEqual({ city: 'Bern' });
    expect(anew).toEqual(['format-refused', 'invalid']);
    expect(requests[2]).not.toHaveProperty('responseFormat');
  });
  it.each([
    new StreamError('bad-request', 'temperature is not supported', { status: 400 }),
    new StreamError('unauthorised', 'response_format needs a better key', { status: 401 }),
    new StreamError('model-not-found', 'no such model; json_schema', { status: 404 }),
    new StreamError('interrupted', 'json_schema'),
  ])('another error stays what it is: $code', async (error) => {
    const { trouble, requests } = await run([{ error }]);
    expect(trouble?.code).toBe(error.code);
    expect(requests).toHaveLength(1);
  });
  it('a refusal without a format asked for is an error', async () => {
    const { trouble } = await run([{ error: refused('response_format') }], 'prompt');
    expect(trouble?.code).toBe('bad-request');
  });
});

describe('over a real server', () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({ rate: 0 });
  });
  afterAll(() => provider.close());

  const ask: Ask = (chat) =>
    runTurn({
      url: openAiDialect.chatUrl(provider.url),
      headers: openAiDialect.headers('k'),
      request: chat,
      dialect: {
        ...openAiDialect,
        chatBody: (given) => ({ ...openAiDialect.chatBody(given), ...extraFields(given) }),
      },
      timeouts: { connect: 5000, firstToken: 5000, idle: 5000, total: 20_000 },
      fetch,
      clock: realClock,
      signal: new AbortController().signal,
      ...once,
    });
  const bodies = () => provider.journal.map(({ body }) => body as JsonObject);

  it('the value grows while it streams, and the schema is on the wire', async () => {
    provider.reset();
    provider.plan({
      text: '{"city":"Bern and some more words so that it takes several chunks"}',
      splitBytes: 64,
    });
    const reader = createPartialReader();
    const seen: unknown[] = [];
    const { steps, value } = await collect({ ask });
    for (const step of steps) {
      if (step.type !== 'batch') continue;
      for (const event of step.events) if (event.type === 'text') reader.feed(event.text);
      seen.push(reader.read());
    }
    expect(seen.length).toBeGreaterThan(2);
    expect(reader.read()).toEqual(value);
    expect(bodies()[0]?.['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'place', schema },
    });
  });

  it('a 400 that names the field leads to the prompt', async () => {
    provider.reset();
    const message = "This model does not support 'response_format'.";
    provider.plan([{ status: 400, body: { error: { message } } }, { text: '{"city":"Bern"}' }]);
    const { value, mode } = await collect({ ask });
    expect(value).toEqual({ city: 'Bern' });
    expect(mode).toBe('prompt');
    expect(bodies()[1]).not.toHaveProperty('response_format');
  });
});
