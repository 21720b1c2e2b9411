import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askChat, joinText, listChunks, listData, readUntilBreak } from '../provider/bare-client.ts';
import { expectPlan } from '../provider/plan.ts';
import { type Provider, startProvider } from '../provider/server.ts';

let provider: Provider;

beforeAll(async () => {
  provider = await startProvider({ rate: 0 });
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const text = 'Eins, zwei, drei: größer als 水 und 🌊, eine Zeile voller Wörter.';

test('one byte a write keeps letters whole once joined', async () => {
  provider.plan({ text, splitBytes: 1, splitDelayMs: 0 });
  const read = await readUntilBreak(await askChat(provider, { text: 'x' }));
  expect(joinText(listChunks(read.text))).toBe(text);
  const [entry] = provider.journal;
  expect(entry?.textSent).toBe(text);
  expect(entry?.bytesSent).toBe(Buffer.byteLength(read.text));
});

test('a cut keeps what was sent and breaks the body', async () => {
  provider.plan({ text, cutAfter: 4 });
  const read = await readUntilBreak(await askChat(provider, { text: 'x' }));
  expect(read.broke).toBe(true);
  const got = joinText(listChunks(read.text));
  const entry = await provider.waitFor((one) => one.closedAt !== null);
  expect(got).toBe(entry.textSent);
  expect(text.startsWith(got) && got.length > 0).toBe(true);
  expect(entry).toMatchObject({ chunksSent: 5, closedBy: 'server', aborted: false });
});

test('a clean early end has neither a finish chunk nor [DONE]', async () => {
  provider.plan({ text, eofAfter: 3 });
  const read = await readUntilBreak(await askChat(provider, { text: 'x' }));
  expect(read.broke).toBe(false);
  expect(read.text).not.toContain('[DONE]');
  expect(listChunks(read.text).every((chunk) => chunk.choices[0]?.finish_reason === null)).toBe(true);
  expect(provider.journal[0]?.chunksSent).toBe(4);
});

test('a stalled stream is silent until the client leaves, and that is entered at once', async () => {
  provider.plan({ text, stallAfter: 3 });
  const client = new AbortController();
  const response = await askChat(provider, { text: 'x', signal: client.signal });
  const reading = readUntilBreak(response);
  const stalled = await provider.waitFor((entry) => entry.chunksSent === 4);
  expect(stalled.endedAt).toBeNull();
  const left = performance.timeOrigin + performance.now();
  client.abort();
  expect((await reading).broke).toBe(true);
  const entry = await provider.waitFor((one) => one.closedAt !== null);
  expect(entry).toMatchObject({ closedBy: 'client', aborted: true, endedAt: null, chunksSent: 4 });
  expect((entry.closedAt ?? 0) - left).toBeLessThan(500);
});

test('a client that leaves before the headers is entered too', async () => {
  provider.plan({ headerDelayMs: 60_000 });
  const client = new AbortController();
  const asking = askChat(provider, { text: 'x', signal: client.signal });
  await provider.waitFor((entry) => entry.body !== null);
  client.abort();
  await expect(asking).rejects.toThrow();
  const entry = await provider.waitFor((one) => one.closedAt !== null);
  expect(entry).toMatchObject({ closedBy: 'client', aborted: true, headersAt: null, bytesSent: 0 });
});

test('a client that leaves a running stream ends it', async () => {
  provider.plan({ tokens: 1_000_000 });
  const client = new AbortController();
  const response = await askChat(provider, { text: 'x', signal: client.signal });
  const reading = readUntilBreak(response);
  await provider.waitFor((entry) => entry.chunksSent > 100);
  client.abort();
  await reading;
  const entry = await provider.waitFor((one) => one.closedAt !== null);
  expect(entry.aborted).toBe(true);
  const sent = entry.chunksSent;
  await askChat(provider, { text: 'Hello' }).then((next) => next.text());
  expect(entry.chunksSent).toBe(sent);
});

test('a socket closed before the headers is a failed fetch', async () => {
  provider.plan({ closeBeforeHeaders: true });
  await expect(askChat(provider, { text: 'x' })).rejects.toThrow();
  expect(await provider.waitFor((entry) => entry.closedAt !== null)).toMatchObject({ closedBy: 'server' });
});

test('garbage, an error event and line ends are where the plan puts them', async () => {
  provider.plan([
    { text, garbageAfter: 2 },
    { text, errorAfter: { chunks: 2, payload: { error: { message: 'overloaded' } }, event: 'error' } },
    { text, crlf: true },
  ]);
  const garbage = listData(await (await askChat(provider, { text: 'x' })).text());
  expect(() => JSON.parse(garbage[3] ?? '')).toThrow();
  expect(garbage.at(-1)).toBe('[DONE]');
  const failed = await (await askChat(provider, { text: 'x' })).text();
  expect(failed).toContain('event: error\ndata: {"error":{"message":"overloaded"}}\n\n');
  expect(listData(failed)).toHaveLength(5);
  const crlf = await (await askChat(provider, { text: 'x' })).text();
  expect(crlf.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(joinText(listChunks(crlf))).toBe(text);
});

test('comments are sent while nothing else is', async () => {
  provider.plan({ text, firstTokenDelayMs: 100, commentsEveryMs: 10 });
  const body = await (await askChat(provider, { text: 'x' })).text();
  expect(body.split(': keep-alive\n\n').length).toBeGreaterThan(3);
  expect(body.indexOf(': keep-alive')).toBeLessThan(body.indexOf('data:'));
});

test('the rate is kept over the whole reply', async () => {
  provider.plan({ tokens: 60, rate: 200, stamp: true });
  const chunks = listChunks(await (await askChat(provider, { text: 'x' })).text());
  const times = chunks.filter((chunk) => chunk.choices[0]?.delta.content).map((chunk) => chunk.sent_at ?? 0);
  expect(times).toHaveLength(60);
  const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(took).toBeGreaterThan(280);
  expect(took).toBeLessThan(2000);
});

test('HTTP answers: status, headers, body, page, redirect, raw, whole JSON', async () => {
  provider.plan([
    { status: 429, headers: { 'retry-after': '2' } },
    { status: 400, body: { detail: 'no' }, contentType: 'application/octet-stream' },
    { html: true },
    { redirectTo: 'http://127.0.0.1:9/elsewhere' },
    { rawSse: 'data: x' },
    { text, jsonDespiteStream: true },
    { text, finishReason: null, noDone: true },
  ]);
  const answers = [];
  for (let count = 0; count < 7; count += 1) answers.push(await askChat(provider, { text: 'x' }));
  const [limited, refused, page, moved, raw, whole, open] = answers as [Response, ...Response[]];
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect(await limited.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  expect([refused?.status, refused?.headers.get('content-type')]).toEqual([400, 'application/octet-stream']);
  expect(await refused?.text()).toBe('{"detail":"no"}');
  expect([page?.status, page?.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect([moved?.status, moved?.headers.get('location')]).toEqual([307, 'http://127.0.0.1:9/elsewhere']);
  expect(await raw?.text()).toBe('data: x');
  expect(await whole?.json()).toMatchObject({ choices: [{ message: { content: text } }] });
  const chunks = listChunks((await open?.text()) ?? '');
  expect(joinText(chunks)).toBe(text);
  expect(chunks.every((chunk) => chunk.choices[0]?.finish_reason === null)).toBe(true);
});

test('tool calls come in fragments by index', async () => {
  provider.plan({
    toolCalls: [
      { name: 'look_up', arguments: { word: 'rill', count: 3 } },
      { id: 'b', name: 'add', arguments: '{"a":1' },
    ],
  });
  const chunks = listChunks(await (await askChat(provider, { text: 'x' })).text());
  const joined = ['', ''];
  for (const call of chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])) {
    joined[call.index] += call.function.arguments;
  }
  expect(joined).toEqual(['{"word":"rill","count":3}', '{"a":1']);
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls');
});

test('the queue goes before a sticky plan, and a sticky plan ends when it is taken back', async () => {
  const forget = provider.planFor((entry) => entry.path.endsWith('/completions'), { status: 503 });
  provider.plan({ status: 402 });
  const statuses = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await askChat(provider, { text: 'x' })).status);
  forget();
  statuses.push((await askChat(provider, { text: 'x' })).status);
  expect(statuses).toEqual([402, 503, 503, 200]);
});

test('another process plans and reads the journal over HTTP', async () => {
  const control = (path: string, body?: unknown) =>
    fetch(
      `${provider.origin}/control/${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    );
  expect((await control('plan', [{ status: 500 }, { status: 418 }])).status).toBe(200);
  expect((await askChat(provider, { text: 'x' })).status).toBe(500);
  expect((await askChat(provider, { text: 'x' })).status).toBe(418);
  expect((await control('plan?path=/v1/models', { status: 404 })).status).toBe(200);
  const models = await fetch(`${provider.url}/models`, { headers: { authorization: 'Bearer any' } });
  expect(models.status).toBe(404);
  const journal = (await (await control('journal')).json()) as {
    path: string;
    headers: { authorization: string };
  }[];
  expect(journal.map((entry) => entry.path)).toEqual([
    '/v1/chat/completions',
    '/v1/chat/completions',
    '/v1/models',
  ]);
  expect(journal[0]?.headers.authorization).toBe('Bearer any');
  expect((await control('plan', { cutAftr: 1 })).status).toBe(400);
  await control('reset', {});
  expect(provider.journal).toHaveLength(0);
});

test('a plan with an unknown field or a wrong type is refused', () => {
  expect(() => expectPlan({ stallAftr: 1 })).toThrow('stallAftr');
  expect(() => expectPlan({ stallAfter: '1' })).toThrow('number');
  expect(expectPlan({ stallAfter: 1 })).toEqual({ stallAfter: 1 });
});

test('waiting for a request that does not come ends with what was seen', async () => {
  await askChat(provider, { text: 'Hello' }).then((response) => response.text());
  await expect(provider.waitFor((entry) => entry.path === '/never', 20)).rejects.toThrow(
    '/v1/chat/completions',
  );
});
