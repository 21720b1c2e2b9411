import { describe, expect, it } from 'vitest';
import { presetName } from '../../lib/options/preset-name.ts';
import { dialectFor } from '../../lib/providers/dialect-for.ts';
import { createDialect, openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { findPreset, needsKey, presets } from '../../lib/providers/presets.ts';
import { expectBaseUrl, isLoopback } from '../../lib/settings/base-url.ts';
import { say } from '../../lib/words/say.ts';

const KEY = 'sk-CANARY';
const BEARER = { Authorization: `Bearer ${KEY}` };
const ask = { model: 'm', messages: [{ role: 'system' as const, content: 'Be brief.' }] };

describe.each(presets)('$id', (preset) => {
  const { id, baseUrl, keyUrl, quirks } = preset;
  it('has a base URL in normal form, and a page for the key where one is needed', () => {
    expect(expectBaseUrl(baseUrl)).toBe(baseUrl);
    expect(findPreset(baseUrl)).toBe(preset);
    expect(needsKey({ preset: id, baseUrl })).toBe(preset.needsKey);
    expect(preset.needsKey).toBe(!isLoopback(new URL(baseUrl).hostname));
    if (preset.needsKey) expect(keyUrl).toMatch(/^https:\/\//);
  });
  it('sends a key in one header, none without a key, and never who we are', () => {
    const headers = dialectFor(baseUrl).headers(KEY);
    expect(Object.values(headers).filter((value) => value.includes(KEY))).toHaveLength(1);
    expect(JSON.stringify(dialectFor(baseUrl).headers(undefined))).not.toContain(KEY);
    for (const name of quirks?.optionalHeaders ?? []) expect(headers).not.toHaveProperty(name);
    expect(Object.keys(headers).join()).not.toMatch(/referer|title|user-agent/i);
  });
  it('sends nothing that nobody asked for', () => {
    expect(dialectFor(baseUrl).chatBody(ask)).toEqual({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    });
  });
});

it('has every id and base URL once', () => {
  for (const values of [presets.map(({ id }) => id), presets.map(({ baseUrl }) => baseUrl)])
    expect(new Set(values).size).toBe(values.length);
});

it('has names that tell them apart', () => {
  const names = presets.map(presetName);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(['Groq', 'Ollama (this computer)', 'Another server on this computer']),
  );
});

it.each<[string, string, string, Record<string, string>]>([
  ['megallm', 'https://ai.megallm.io/v1', 'https://ai.megallm.io/v1/chat/completions', BEARER],
  ['openrouter', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1/chat/completions', BEARER],
  [
    'anthropic',
    'https://api.anthropic.com/v1',
    'https://api.anthropic.com/v1/chat/completions',
    { ...BEARER, 'anthropic-dangerous-direct-browser-access': 'true' },
  ],
  [
    'azure',
    'https://mine.openai.azure.com/openai/v1',
    'https://mine.openai.azure.com/openai/v1/chat/completions',
    { 'api-key': KEY },
  ],
  [
    'azure',
    'https://mine.openai.azure.com/openai/deployments/gpt-4o',
    'https://mine.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
    { 'api-key': KEY },
  ],
  [
    'azure',
    'https://mine.services.ai.azure.com/openai/v1',
    'https://mine.services.ai.azure.com/openai/v1/chat/completions',
    { 'api-key': KEY },
  ],
])('%s at %s asks %s', (id, baseUrl, url, headers) => {
  expect(findPreset(baseUrl)?.id).toBe(id);
  expect(dialectFor(baseUrl).chatUrl(baseUrl)).toBe(url);
  expect(dialectFor(baseUrl).headers(KEY)).toEqual(headers);
});

it.each([
  'https://openai.azure.com.evil.test/openai/v1',
  'https://evil.test/mine.openai.azure.com/openai/deployments/x',
  'https://evilopenai.azure.com/openai/v1',
  'http://mine.openai.azure.com/openai/v1',
  'https://api.anthropic.com.evil.test/v1',
  'not a url',
  '',
])('%j is no preset and gets no header but the usual one', (baseUrl) => {
  expect(findPreset(baseUrl)).toBeUndefined();
  expect(dialectFor(baseUrl).headers(KEY)).toEqual(BEARER);
});

it('tells people with a local server what it needs, and no more than that', () => {
  const name = presets.find(({ id }) => id === 'ollama')?.quirks?.setup;
  const setup = name ? say(name) : '';
  expect(setup).toContain('OLLAMA_ORIGINS=chrome-extension://*');
  expect(setup).not.toMatch(/OLLAMA_ORIGINS=\*/);
});

it('without a preset the dialect is that of any server', () => {
  const plain = createDialect();
  expect(plain.headers(KEY)).toEqual(openAiDialect.headers(KEY));
  expect(plain.headers(undefined)).toEqual({});
  expect(plain.chatBody({ ...ask, temperature: 0, responseFormat: { type: 'json_object' } })).toMatchObject({
    temperature: 0,
    response_format: { type: 'json_object' },
    messages: [{ role: 'system' }],
  });
});
