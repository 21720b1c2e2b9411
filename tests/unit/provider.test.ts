import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askChat, joinText, listChunks, listData, post } from '../provider/bare-client.ts';
import { embed } from '../provider/embeddings.ts';
import { type Provider, startProvider } from '../provider/server.ts';

let provider: Provider;

beforeAll(async () => {
  provider = await startProvider({ rate: 0 });
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

test('a stream has a role chunk, content, a finish chunk, usage and [DONE]', async () => {
  const response = await askChat(provider, { text: 'Hello', usage: true });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('server')).toBe('runnel-demo (scripted)');
  const body = await response.text();
  const chunks = listChunks(body);
  expect(listData(body).at(-1)).toBe('[DONE]');
  expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
  expect(chunks.at(-1)?.choices).toEqual([]);
  const usage = chunks.at(-1)?.usage;
  expect(usage?.completion_tokens).toBe(chunks.length - 3);
  expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0));
  expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
  expect(joinText(chunks)).toContain('scripted demo model');
});

test('usage comes only when it was asked for', async () => {
  const chunks = listChunks(await (await askChat(provider, { text: 'Hello' })).text());
  expect(chunks.every((chunk) => chunk.usage === undefined)).toBe(true);
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
});

test('the whole answer is the streamed one', async () => {
  const streamed = joinText(listChunks(await (await askChat(provider, { text: 'show markdown' })).text()));
  const whole = (await (await askChat(provider, { text: 'show markdown', stream: false })).json()) as {
    object: string;
    choices: { message: { content: string } }[];
  };
  expect(whole.object).toBe('chat.completion');
  expect(whole.choices[0]?.message.content).toBe(streamed);
  for (const part of ['# Streams', '- [x]', '| rill', '```js', '> > After', '](https://']) {
    expect(streamed).toContain(part);
  }
});

test('the reasoner reasons before it answers', async () => {
  const body = await (await askChat(provider, { text: 'Why?', model: 'scripted-reasoner' })).text();
  const deltas = listChunks(body).map((chunk) => chunk.choices[0]?.delta ?? {});
  const firstContent = deltas.findIndex((delta) => delta.content);
  const lastReasoning = deltas.findLastIndex((delta) => delta.reasoning_content);
  expect(lastReasoning).toBeGreaterThan(10);
  expect(firstContent).toBe(lastReasoning + 1);
});

test('a long answer and a planned length have as many tokens as they say', async () => {
  const long = listChunks(await (await askChat(provider, { text: 'a long answer', usage: true })).text());
  expect(long.at(-1)?.usage?.completion_tokens).toBe(2000);
  provider.plan({ tokens: 123 });
  const planned = listChunks(await (await askChat(provider, { text: 'x', usage: true })).text());
  expect(planned.at(-1)?.usage?.completion_tokens).toBe(123);
});

test('a partial answer and a wish to go on bring the rest', async () => {
  const whole = joinText(listChunks(await (await askChat(provider, { text: 'What is a stream?' })).text()));
  const messages = [
    { role: 'user', content: 'What is a stream?' },
    { role: 'assistant', content: whole.slice(0, 101) },
    { role: 'user', content: 'Continue exactly where you left off.' },
  ];
  const response = await post(provider, 'chat/completions', { model: 'm', stream: true, messages });
  expect(whole.slice(0, 101) + joinText(listChunks(await response.text()))).toBe(whole);
});

test('a request without a key is refused in the documented shape', async () => {
  const response = await fetch(`${provider.url}/models`);
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({
    error: {
      message: expect.any(String),
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    },
  });
});

test('keys of a plan are the only ones accepted', async () => {
  provider.plan([{ keys: ['other'] }, { keys: ['any'] }]);
  expect((await askChat(provider, { text: 'x' })).status).toBe(401);
  expect((await askChat(provider, { text: 'x' })).status).toBe(200);
});

test('a body that is no chat request gets a 400 with words', async () => {
  const response = await post(provider, 'chat/completions', { model: 'm', messages: [] });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("'messages' must be");
});

test('models are listed, with and without /v1, and say that they are scripted', async () => {
  for (const base of [provider.url, provider.origin]) {
    const response = await fetch(`${base}/models`, { headers: { authorization: 'Bearer any' } });
    const list = (await response.json()) as { data: { id: string; type: string; owned_by: string }[] };
    expect(list.data.map((model) => model.id)).toContain('scripted-reasoner');
    expect(list.data.filter((model) => model.type === 'embedding')).toHaveLength(1);
    expect(list.data.every((model) => model.owned_by.includes('scripted'))).toBe(true);
  }
});

test('embeddings are deterministic, and the same as floats and as base64', async () => {
  const input = ['a small stream', 'a small river', 'quarterly tax report'];
  type List = { data: { index: number; embedding: number[] | string }[] };
  const floats = (await (await post(provider, 'embeddings', { model: 'e', input })).json()) as List;
  const coded = (await (
    await post(provider, 'embeddings', { model: 'e', input, encoding_format: 'base64' })
  ).json()) as List;
  expect(floats.data.map((item) => item.index)).toEqual([0, 1, 2]);
  for (const [place, item] of coded.data.entries()) {
    const bytes = Buffer.from(String(item.embedding), 'base64');
    const decoded = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
    expect(decoded).toEqual(floats.data[place]?.embedding);
  }
  const near = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  const [stream, river, tax] = input.map(embed) as [Float32Array, Float32Array, Float32Array];
  expect(near(stream, river)).toBeGreaterThan(near(stream, tax));
  expect((await post(provider, 'embeddings', { model: 'e' })).status).toBe(400);
});

test('cross-origin reading is allowed only where a plan says so', async () => {
  const closed = await fetch(`${provider.url}/chat/completions`, { method: 'OPTIONS' });
  expect(closed.status).toBe(405);
  provider.planFor(() => true, { cors: true });
  const open = await fetch(`${provider.url}/chat/completions`, { method: 'OPTIONS' });
  expect(open.headers.get('access-control-allow-origin')).toBe('*');
  const answer = await askChat(provider, { text: 'x' });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  await answer.text();
});

test('a compressed stream holds the same text', async () => {
  provider.plan({ encoding: 'gzip', text: 'one drop at a time' });
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'x' }] });
    const headers = { authorization: 'Bearer any', 'content-length': Buffer.byteLength(body) };
    const sending = request(`${provider.url}/chat/completions`, { method: 'POST', headers }, (response) => {
      const parts: Buffer[] = [];
      expect(response.headers['content-encoding']).toBe('gzip');
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
    });
    sending.on('error', reject).end(body);
  });
  expect(joinText(listChunks(gunzipSync(bytes).toString()))).toBe('one drop at a time');
});

test('pages are served, the strict one with its policy, and the PDF has a right table', async () => {
  for (const path of ['/', '/demo', '/page/long', '/page/rtl', '/page/frames', '/demo.css']) {
    expect((await fetch(provider.origin + path)).status, path).toBe(200);
  }
  const strict = await fetch(`${provider.origin}/page/csp`);
  expect(strict.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
  const pdf = await (await fetch(`${provider.origin}/doc.pdf`)).text();
  const table = Number(pdf.match(/startxref\n(\d+)/)?.[1]);
  expect(pdf.slice(table, table + 4)).toBe('xref');
  for (const [place, match] of [...pdf.matchAll(/^(\d{10}) 00000 n $/gm)].entries()) {
    expect(pdf.slice(Number(match[1])).startsWith(`${place + 1} 0 obj`)).toBe(true);
  }
  expect((await fetch(`${provider.origin}/constructor`)).status).toBe(404);
});
