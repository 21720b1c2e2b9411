import { expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import { languageOf } from '../../lib/jobs/target-language.ts';
import { translateSegments } from '../../lib/jobs/translate-job.ts';
import type { SegmentEvent } from '../../lib/protocol/contract.ts';
import { createJobDeps } from './support/job-deps.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const SEGMENTS = [1, 2, 3, 4, 5].map((id) => ({ id, text: `text ${id}` }));
const SPANISH = languageOf('es');

interface Sent {
  messages: { role: string; content: string }[];
  temperature: number;
  stream: boolean;
}

/** A server that answers each request by `answer`, and remembers what it was sent. */
function run(answer: (text: string) => Response, stop = new AbortController()) {
  const sent: Sent[] = [];
  let running = 0;
  let most = 0;
  const fetch: Fetch = async (_, init) => {
    const body = JSON.parse(String(init.body)) as Sent;
    sent.push(body);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return answer(body.messages.at(-1)?.content ?? '');
  };
  const { deps, awake } = createJobDeps({ fetch });
  const events: SegmentEvent[] = [];
  const failed = translateSegments(deps, SEGMENTS, SPANISH, (event) => events.push(event), stop.signal);
  const texts = () => {
    const byId = new Map<number, string>();
    for (const event of events)
      if (event.type === 'segment') byId.set(event.id, (byId.get(event.id) ?? '') + (event.text ?? ''));
    return Object.fromEntries(byId);
  };
  const states = () =>
    Object.fromEntries(
      events.flatMap((event) => (event.type === 'segment' && event.state ? [[event.id, event.state]] : [])),
    );
  return { failed, sent, events, texts, states, most: () => most, awake };
}

const ok = (text: string) => new Response(delta(text.toUpperCase()) + FINISH + DONE);

it('asks for every block as the contract says, three at a time', async () => {
  const job = run(ok);
  expect(await job.failed).toEqual([]);
  expect(job.events[0]).toEqual({ type: 'language', tag: 'es', dir: 'ltr', name: 'Spanish' });
  expect(job.texts()).toEqual({ 1: 'TEXT 1', 2: 'TEXT 2', 3: 'TEXT 3', 4: 'TEXT 4', 5: 'TEXT 5' });
  expect(new Set(Object.values(job.states()))).toEqual(new Set(['done']));
  expect(job.most()).toBe(3);
  expect(job.sent[0]).toMatchObject({ temperature: 0.3, stream: true });
  expect(job.sent[0]?.messages[0]).toMatchObject({
    role: 'system',
    content: expect.stringContaining('Spanish'),
  });
  expect(job.sent[0]?.messages[1]).toEqual({ role: 'user', content: 'text 1' });
  expect(job.awake()).toBe(0);
});

it('a block that fails alone fails alone', async () => {
  const job = run((text) => (text === 'text 2' ? new Response('', { status: 500 }) : ok(text)));
  expect((await job.failed).map(({ id }) => id)).toEqual([2]);
  expect(job.states()).toMatchObject({ 1: 'done', 2: 'failed', 3: 'done', 4: 'done', 5: 'done' });
});

it('a cut block is partial', async () => {
  const job = run((text) => (text === 'text 1' ? new Response(delta('half')) : ok(text)));
  expect((await job.failed).map(({ id }) => id)).toEqual([1]);
  expect(job.states()).toMatchObject({ 1: 'partial' });
  expect(job.texts()).toMatchObject({ 1: 'half' });
});

it('asks no more where every block would fail the same way', async () => {
  const job = run(() => new Response('{"error":{"message":"bad key"}}', { status: 401 }));
  expect(await job.failed).toHaveLength(5);
  expect(job.sent.length).toBeLessThanOrEqual(3);
  expect(new Set(Object.values(job.states()))).toEqual(new Set(['failed']));
});

it('stops at once, keeping what is done', async () => {
  const stop = new AbortController();
  const job = run((text) => {
    if (text === 'text 1') stop.abort(new StreamError('aborted', 'Stopped.'));
    return ok(text);
  }, stop);
  await job.failed;
  expect(job.sent.length).toBeLessThan(5);
  expect(job.states()[5]).toBe('failed');
});
