import { describe, expect, it } from 'vitest';
import { type AttemptInput, runAttempt } from '../../lib/engine/attempt.ts';
import { StreamError } from '../../lib/engine/errors.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { FakeClock } from './support/fake-clock.ts';
import { createScriptedServer, DONE, delta, FINISH } from './support/scripted-body.ts';

const TIMEOUTS = { connect: 1000, firstToken: 2000, idle: 3000, total: 60_000 };

function start(more: Partial<AttemptInput> = {}) {
  const server = createScriptedServer();
  const clock = new FakeClock();
  const stop = new AbortController();
  const message = emptyMessage();
  let batches = 0;
  const run = async () => {
    const attempt = runAttempt({
      url: 'https://api.test/v1/chat/completions',
      headers: {},
      body: {},
      dialect: openAiDialect,
      timeouts: TIMEOUTS,
      fetch: server.fetch,
      clock,
      signal: stop.signal,
      ...more,
    });
    for await (const batch of attempt) {
      fold(message, batch.events);
      batches++;
    }
  };
  const outcome = run().then(
    () => 'done',
    (error: unknown) => (error instanceof StreamError ? error.code : error),
  );
  return { server, clock, stop, message, outcome, batches: () => batches };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('clocks', () => {
  it.each([
    ['timeout-connect', 1000, async () => {}],
    [
      'timeout-first-token',
      2000,
      async ({ server }: ReturnType<typeof start>) => {
        server.respond();
        await settle();
        server.write(': comments are not payload\n\n');
        await settle();
      },
    ],
    [
      'timeout-idle',
      3000,
      async ({ server }: ReturnType<typeof start>) => {
        server.respond();
        await settle();
        server.write(delta('a'));
        await settle();
        server.write(': still not payload\n\n');
        await settle();
      },
    ],
  ])('%s runs out after %i ms and not before', async (code, limit, prepare) => {
    const attempt = start();
    await prepare(attempt);
    attempt.clock.advance(limit - 1);
    await settle();
    expect(attempt.server.aborted).toBe(false);
    attempt.clock.advance(1);
    expect(await attempt.outcome).toBe(code);
    expect(attempt.server.aborted).toBe(true);
    expect(attempt.clock.pending).toBe(0);
  });

  it('a payload winds the idle clock up again; the total runs on', async () => {
    const { server, clock, outcome, message } = start();
    server.respond();
    await settle();
    for (let i = 0; i < 24; i++) {
      server.write(delta('a'));
      await settle();
      clock.advance(2500);
      await settle();
    }
    expect(await outcome).toBe('timeout-total');
    expect(message.text).toBe('a'.repeat(24));
  });

  it('a server that neither closes nor says [DONE] after its finish reason has answered', async () => {
    const { server, clock, outcome } = start();
    server.respond();
    await settle();
    server.write(delta('a') + FINISH);
    await settle();
    clock.advance(5000);
    expect(await outcome).toBe('done');
  });
});

describe('abort', () => {
  it.each([
    ['before the headers', async () => {}],
    ['after the headers', async ({ server }: ReturnType<typeof start>) => server.respond()],
    [
      'between deltas',
      async ({ server }: ReturnType<typeof start>) => {
        server.respond();
        await settle();
        server.write(delta('a'));
      },
    ],
  ])('%s ends the request', async (_, prepare) => {
    const attempt = start();
    await prepare(attempt);
    await settle();
    attempt.stop.abort();
    expect(await attempt.outcome).toBe('aborted');
    expect(attempt.server.aborted).toBe(true);
    expect(attempt.clock.pending).toBe(0);
  });

  it('before the start sends nothing', async () => {
    const stopped = AbortSignal.abort();
    const { outcome, server } = start({ signal: stopped });
    expect(await outcome).toBe('aborted');
    expect(server.calls).toHaveLength(0);
  });
});

it('merges what one read brought and keeps reads apart', async () => {
  const { server, message, batches, outcome } = start();
  server.respond();
  server.write(delta('a') + delta('b') + delta('c'));
  await settle();
  server.write(delta('d') + FINISH + DONE);
  expect(await outcome).toBe('done');
  expect(batches()).toBe(2);
  expect(message.text).toBe('abcd');
});

it('a connection that breaks is an interruption, and nothing after the finish reason', async () => {
  const broken = start();
  broken.server.respond();
  broken.server.write(delta('a'));
  await settle();
  broken.server.break();
  expect(await broken.outcome).toBe('interrupted');
  expect(broken.message.text).toBe('a');

  const late = start();
  late.server.respond();
  late.server.write(delta('a') + FINISH);
  await settle();
  late.server.break();
  expect(await late.outcome).toBe('done');
});

it('follows no redirect and says where it led', async () => {
  const { server, outcome } = start();
  server.respond(307, { location: 'https://elsewhere.test/' });
  expect(await outcome).toBe('redirect');
  expect(server.calls[0]?.init.redirect).toBe('manual');
  expect(server.calls[0]?.init.credentials).toBe('omit');
});

it('hands out no error with the key in it', async () => {
  const server = createScriptedServer();
  const attempt = runAttempt({
    url: 'https://api.test/v1/chat/completions',
    headers: {},
    body: {},
    dialect: openAiDialect,
    timeouts: TIMEOUTS,
    fetch: server.fetch,
    clock: new FakeClock(),
    signal: new AbortController().signal,
    secret: 'CANARY-12345',
  });
  server.respond(401);
  server.write(JSON.stringify({ error: { message: 'Incorrect API key: CANARY-12345 (Bearer abc.def)' } }));
  server.end();
  const error = await attempt.next().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'unauthorised' });
  expect(String(error)).not.toContain('CANARY');
  expect(String(error)).not.toContain('abc.def');
});

it('stops a line that never ends', async () => {
  const { server, outcome } = start();
  server.respond();
  await settle();
  const megabyte = 'x'.repeat(1024 * 1024);
  server.write('data: ');
  for (let i = 0; i < 5; i++) server.write(megabyte);
  expect(await outcome).toBe('too-large');
});
