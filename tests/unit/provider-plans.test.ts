import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askChat, joinText, listChunks } from '../provider/bare-client.ts';
import { expectPlan } from '../provider/plan.ts';
import { type Provider, startProvider } from '../provider/server.ts';

let provider: Provider;

beforeAll(async () => {
  provider = await startProvider({ rate: 0 });
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const text = 'Eins, zwei, drei: größer als 水 und 🌊, eine Zeile voller Wörter.';

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
