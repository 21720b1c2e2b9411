import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModels } from '../../lib/engine/models.ts';
import type { JsonValue, ModelInfo } from '../../lib/engine/types.ts';
import { listModels } from '../../lib/jobs/list-models.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { type Provider, startProvider } from '../provider/server.ts';

const read = (value: JsonValue) => readModels(JSON.stringify(value));
const readOne = (row: JsonValue) => read({ data: [row] })[0];

describe('a row', () => {
  it.each<[string, JsonValue, ModelInfo]>([
    ["OpenAI's", { id: 'gpt-x', object: 'model', created: 1, owned_by: 'openai' }, { id: 'gpt-x' }],
    [
      "MegaLLM's first shape",
      {
        id: 'gpt-5',
        object: 'model',
        created: 1,
        owned_by: 'openai',
        capabilities: { vision: true, function_calling: false, max_context_length: 400_000 },
      },
      { id: 'gpt-5', contextLength: 400_000, capabilities: { vision: true, tools: false } },
    ],
    [
      "MegaLLM's second shape",
      {
        id: 'm-mini',
        type: 'chat',
        display_name: 'M mini',
        capabilities: { supports_function_calling: true, supports_vision: true, supports_streaming: true },
        pricing: {
          input_tokens_cost_per_million: 0.15,
          output_tokens_cost_per_million: 0.6,
          currency: 'USD',
        },
        context_length: 128_000,
        max_output_tokens: 16_384,
      },
      {
        id: 'm-mini',
        name: 'M mini',
        contextLength: 128_000,
        maxOutput: 16_384,
        capabilities: { vision: true, tools: true },
        price: { input: 0.15, output: 0.6 },
      },
    ],
    [
      "OpenRouter's",
      {
        id: 'a/b',
        name: 'A: B',
        context_length: 8192,
        architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
        pricing: { prompt: '0.00000125', completion: '0.00001', image: '0.0036' },
        top_provider: { context_length: 8192, max_completion_tokens: 4096 },
        supported_parameters: ['tools', 'temperature', 'reasoning'],
      },
      {
        id: 'a/b',
        name: 'A: B',
        contextLength: 8192,
        maxOutput: 4096,
        capabilities: { vision: true, tools: true, reasoning: true },
        price: { input: 1.25, output: 10 },
      },
    ],
    [
      'a price that depends',
      { id: 'auto', pricing: { prompt: '-1', completion: '-1' }, supported_parameters: [] },
      { id: 'auto' },
    ],
    [
      'one for nothing',
      { id: 'f', pricing: { prompt: '0', completion: '0' } },
      { id: 'f', price: { input: 0, output: 0 } },
    ],
    [
      "the gateway's, for one token under the names of a million",
      {
        id: 'g',
        type: 'language',
        tags: ['tool-use', 'vision'],
        context_window: 9,
        pricing: { input: '0.0000006', output: '0.0000022' },
      },
      {
        id: 'g',
        contextLength: 9,
        capabilities: { vision: true, tools: true },
        price: { input: 0.6, output: 2.2 },
      },
    ],
    [
      "Together's, for a million",
      { id: 't', type: 'chat', pricing: { input: 0.2, output: 0.9 } },
      { id: 't', price: { input: 0.2, output: 0.9 } },
    ],
    [
      'a price for a token beside the rest',
      { id: 'l', input_cost_per_token: 3e-6, output_cost_per_token: 1.5e-5 },
      { id: 'l', price: { input: 3, output: 15 } },
    ],
    ['another currency', { id: 'c', pricing: { input: 2, output: 3, currency: 'CNY' } }, { id: 'c' }],
    ["vLLM's", { id: 'v', max_model_len: 32_768 }, { id: 'v', contextLength: 32_768 }],
    [
      "llama.cpp's",
      { id: 'l.gguf', meta: { n_ctx_train: 131_072 } },
      { id: 'l.gguf', contextLength: 131_072 },
    ],
    [
      "Groq's",
      { id: 'q', context_window: 8, max_completion_tokens: 4 },
      { id: 'q', contextLength: 8, maxOutput: 4 },
    ],
    [
      'nonsense in every field',
      {
        id: 'n',
        name: 7,
        display_name: '',
        context_length: '8',
        max_output_tokens: -1,
        capabilities: 'many',
        pricing: null,
        architecture: [],
        supported_parameters: 'tools',
        tags: [1],
        type: 3,
        top_provider: 'x',
        meta: 1,
      },
      { id: 'n' },
    ],
  ])('%s', (_, row, expected) => expect(readOne(row)).toStrictEqual(expected));

  it.each<[JsonValue, ModelInfo['kind']]>([
    [{ id: 'x', type: 'embedding' }, 'embedding'],
    [{ id: 'x', type: 'embeddings' }, 'embedding'],
    [{ id: 'x', type: 'text-embedding' }, 'embedding'],
    [{ id: 'text-embedding-3-small' }, 'embedding'],
    [{ id: 'text-embedding-ada-002' }, 'embedding'],
    [{ id: 'nomic-embed-text:latest' }, 'embedding'],
    [{ id: 'mistral-embed' }, 'embedding'],
    [{ id: 'models/gemini-embedding-001' }, 'embedding'],
    [{ id: 'x', architecture: { output_modalities: ['embeddings'] } }, 'embedding'],
    [{ id: 'x', architecture: { output_modalities: ['image'] } }, 'other'],
    [{ id: 'x', architecture: { output_modalities: ['image', 'text'] } }, undefined],
    [{ id: 'x', type: 'rerank' }, 'other'],
    [{ id: 'x', architecture: { output_modalities: [] } }, undefined],
    [{ id: 'embed-chat', type: 'chat' }, undefined],
    [{ id: 'embedded-llm' }, undefined],
    [{ id: 'gpt-4o' }, undefined],
  ])('%j is %s', (row, kind) => expect(readOne(row)?.kind).toBe(kind));
});

describe('a list', () => {
  const row = { id: 'a' };
  it.each<[string, JsonValue]>([
    ['under data', { object: 'list', data: [row] }],
    ['under models', { models: [row] }],
    ['bare', [row]],
    ['with a note of success', { success: true, data: [row], total: 1, error: null }],
    ['with rows that are none', [null, 7, 'x', [], {}, { id: '' }, { id: 3 }, row]],
  ])('%s', (_, value) => expect(read(value)).toStrictEqual([row]));
  it('keeps the order of the server', () => {
    expect(read([{ id: 'b' }, { id: 'a' }, { id: 'c' }]).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });
  it('that is empty is empty', () => expect(read({ data: [] })).toEqual([]));
  it.each([
    ['<!doctype html><title>Sign in</title>', 'not-an-api'],
    ['', 'not-an-api'],
    ['null', 'not-an-api'],
    ['{"object":"list"}', 'not-an-api'],
    ['{"success":false,"error":"Failed to fetch models","data":[]}', 'server'],
    ['{"error":{"message":"no"}}', 'server'],
  ])('%s is %s', (reply, code) => {
    expect(() => readModels(reply)).toThrow(expect.objectContaining({ code }));
  });
  it('never throws over what is in it', () => {
    const fields = [
      'id',
      'name',
      'type',
      'capabilities',
      'pricing',
      'architecture',
      'top_provider',
      'meta',
      'tags',
      'context_length',
      'supported_parameters',
      'prompt',
      'input',
      '__proto__',
    ];
    const value = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()));
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom(...fields), value)), (rows) => {
        for (const { id, contextLength = 1, price } of read({ data: rows as JsonValue[] })) {
          expect(id).not.toBe('');
          expect(contextLength).toBeGreaterThan(0);
          for (const amount of Object.values(price ?? {})) expect(amount).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('over a real server', () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(() => provider.close());
  const list = () =>
    listModels({
      baseUrl: provider.url,
      key: 'k',
      dialect: openAiDialect,
      fetch,
      signal: new AbortController().signal,
    });

  it('the list to choose from holds what can chat, with what is known of it', async () => {
    const models = await list();
    expect(models.map(({ id }) => id)).toContain('scripted-small');
    expect(models.some(({ id }) => id.includes('embedding'))).toBe(false);
    expect(models[0]).toMatchObject({ contextLength: 128_000, capabilities: { vision: false, tools: true } });
  });
  it('a redirect is not followed', async () => {
    const undo = provider.planFor(() => true, { redirectTo: `${provider.origin}/elsewhere` });
    const before = provider.journal.length;
    await expect(list()).rejects.toMatchObject({ code: 'redirect' });
    expect(provider.journal).toHaveLength(before + 1);
    undo();
  });
});
