import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askChat, joinText, listChunks, listData, readUntilBreak } from '../provider/bare-client.ts';
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

test('a proxy that buffers hands the whole body on at the end', async () => {
  provider.plan({ text, rate: 40, buffered: true });
  const asked = performance.now();
  const response = await askChat(provider, { text: 'x' });
  const headersAfter = performance.now() - asked;
  const read = await readUntilBreak(response);
  expect(performance.now() - asked).toBeGreaterThan(300);
  expect(headersAfter).toBeLessThan(300);
  expect(read.reads).toBe(1);
  expect(joinText(listChunks(read.text))).toBe(text);
  expect(provider.journal[0]?.textSent).toBe(text);
});

test('a bomb is small on the wire and large when unpacked', async () => {
  provider.plan({ bombMiB: 3, encoding: 'gzip' });
  const body = await (await askChat(provider, { text: 'x' })).text();
  expect(body.length).toBe(3 * 1024 * 1024);
});

test('a server that went down comes back on its port, with its journal', async () => {
  const own = await startProvider({ rate: 0 });
  await (await askChat(own, { text: 'x' })).text();
  await own.close();
  await expect(askChat(own, { text: 'x' })).rejects.toThrow();
  await own.listenAgain();
  await (await askChat(own, { text: 'x' })).text();
  expect(own.journal).toHaveLength(2);
  await own.close();
});
