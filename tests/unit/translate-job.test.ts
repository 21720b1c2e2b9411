import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import { languageOf } from '../../lib/jobs/target-language.ts';
import { translateSegments } from '../../lib/jobs/translate-job.ts';
import type { SegmentEvent } from '../../lib/protocol/contract.ts';
import type { Language } from '../../lib/translate/languages.ts';
import { createJobDeps, createTranslateParts } from './support/job-deps.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

/** Each too long to share a request with the next. */
const LONG = ' and so on'.repeat(60);
const SEGMENTS = [1, 2, 3, 4, 5].map((id) => ({ id, text: `text ${id}${LONG}` }));
const SHORT = [1, 2, 3, 4, 5].map((id) => ({ id, text: `text ${id}` }));
const SPANISH = languageOf('es');

interface Sent {
  messages: { role: string; content: string }[];
  temperature: number;
  stream: boolean;
}

/** A server that answers each request by `answer`, and remembers what it was sent. */
function run(
  answer: (text: string) => Response,
  { stop = new AbortController(), segments = SEGMENTS, parts = createTranslateParts() } = {},
) {
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
  const failed = translateSegments(
    { ...deps, ...parts },
    segments,
    SPANISH,
    (event) => events.push(event),
    stop.signal,
  );
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

/** One at a time, so that no more than two blocks go alone. */
const oneByOne = () => ({
  ...createTranslateParts(),
  wishesFor: async (language: Language) => ({ language, instruction: '', glossary: '', atOnce: 1 }),
});

const ok = (text: string) => new Response(delta(text.toUpperCase()) + FINISH + DONE);

it('asks for every block as the contract says, three at a time', async () => {
  const job = run(ok);
  expect(await job.failed).toEqual([]);
  expect(job.events[0]).toEqual({ type: 'language', tag: 'es', dir: 'ltr', name: 'Spanish' });
  expect(job.texts()).toEqual(Object.fromEntries(SEGMENTS.map(({ id, text }) => [id, text.toUpperCase()])));
  expect(new Set(Object.values(job.states()))).toEqual(new Set(['done']));
  expect(job.most()).toBe(3);
  expect(job.sent[0]).toMatchObject({ temperature: 0.3, stream: true });
  expect(job.sent[0]?.messages[0]).toMatchObject({
    role: 'system',
    content: expect.stringContaining('Spanish'),
  });
  expect(job.sent[0]?.messages[1]).toEqual({ role: 'user', content: `text 1${LONG}` });
  expect(job.awake()).toBe(0);
});

it('a block that fails alone fails alone', async () => {
  const job = run((text) => (text.startsWith('text 2') ? new Response('', { status: 500 }) : ok(text)));
  expect((await job.failed).map(({ id }) => id)).toEqual([2]);
  expect(job.states()).toMatchObject({ 1: 'done', 2: 'failed', 3: 'done', 4: 'done', 5: 'done' });
});

it('a cut block is partial', async () => {
  const job = run((text) => (text.startsWith('text 1') ? new Response(delta('half')) : ok(text)));
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
  const job = run(
    (text) => {
      if (text.startsWith('text 1')) stop.abort(new StreamError('aborted', 'Stopped.'));
      return ok(text);
    },
    { stop },
  );
  await job.failed;
  expect(job.sent.length).toBeLessThan(5);
  expect(job.states()[5]).toBe('failed');
});

describe('a batch', () => {
  it('is one request for several short blocks', async () => {
    const job = run(ok, { segments: SHORT, parts: oneByOne() });
    expect(await job.failed).toEqual([]);
    expect(job.sent).toHaveLength(1);
    expect(job.sent[0]?.messages[1]?.content).toContain('<2>text 2</2>');
    expect(job.sent[0]?.messages[0]?.content).toContain('marks');
    expect(job.texts()).toEqual({ 1: 'TEXT 1', 2: 'TEXT 2', 3: 'TEXT 3', 4: 'TEXT 4', 5: 'TEXT 5' });
    expect(new Set(Object.values(job.states()))).toEqual(new Set(['done']));
  });

  it('whose marks the model dropped is asked for one by one', async () => {
    const job = run((text) => ok(text.replaceAll(/<\/?\d>/g, '')), { segments: SHORT, parts: oneByOne() });
    expect(await job.failed).toEqual([]);
    expect(job.sent.map(({ messages }) => messages[1]?.content).slice(1)).toEqual(
      SHORT.map(({ text }) => text),
    );
    expect(job.texts()).toEqual({ 1: 'TEXT 1', 2: 'TEXT 2', 3: 'TEXT 3', 4: 'TEXT 4', 5: 'TEXT 5' });
  });

  it('of which the model left one out is asked for that one', async () => {
    const job = run((text) => ok(text.replace(/<3>.*<\/3>/, '')), { segments: SHORT, parts: oneByOne() });
    expect(await job.failed).toEqual([]);
    expect(job.sent).toHaveLength(2);
    expect(job.sent[1]?.messages[1]?.content).toBe('text 3');
  });

  it('that breaks off keeps what is whole, and says what is not', async () => {
    const job = run(() => new Response(delta('<1>UNO</1><2>DO')), { segments: SHORT, parts: oneByOne() });
    expect((await job.failed).map(({ id }) => id)).toEqual([2, 3, 4, 5]);
    expect(job.states()).toEqual({ 1: 'done', 2: 'partial', 3: 'failed', 4: 'failed', 5: 'failed' });
  });
});

describe('what is known already', () => {
  it('the same text is asked for once, and written wherever it stands', async () => {
    const same = [1, 2, 3].map((id) => ({ id, text: 'the same' }));
    const job = run(ok, { segments: same });
    expect(await job.failed).toEqual([]);
    expect(job.sent).toHaveLength(1);
    expect(job.texts()).toEqual({ 1: 'THE SAME', 2: 'THE SAME', 3: 'THE SAME' });
  });

  it('a second time nothing is asked for; what was not whole is asked for again', async () => {
    const parts = createTranslateParts();
    const first = run((text) => (text.startsWith('text 2') ? new Response(delta('half')) : ok(text)), {
      parts,
    });
    await first.failed;
    const second = run(ok, { parts });
    expect(await second.failed).toEqual([]);
    expect(second.sent.map(({ messages }) => messages[1]?.content)).toEqual([SEGMENTS[1]?.text]);
    expect(second.texts()).toEqual(
      Object.fromEntries(SEGMENTS.map(({ id, text }) => [id, text.toUpperCase()])),
    );
  });

  it('a translation that lost a mark is not kept', async () => {
    const parts = createTranslateParts();
    const segments = [{ id: 1, text: 'see <1>here</1>' }];
    await run(() => ok('see here'), { parts, segments }).failed;
    expect(parts.cached.size).toBe(0);
    await run(ok, { parts, segments }).failed;
    expect(parts.cached.size).toBe(1);
  });

  it('what is in the language already is left, and no request is made for it', async () => {
    const parts = {
      ...oneByOne(),
      detectLanguage: async (text: string) =>
        text === 'text 2' ? 'es-MX' : text === 'text 3' ? 'en' : undefined,
    };
    const job = run(ok, { parts, segments: SHORT });
    expect(await job.failed).toEqual([]);
    expect(job.sent[0]?.messages[1]?.content).not.toContain('text 2');
    expect(job.events).toContainEqual({ type: 'segment', id: 2, state: 'done', isKept: true });
    expect(Object.keys(job.texts())).toHaveLength(5);
    expect(job.texts()).toMatchObject({ 2: '', 3: 'TEXT 3' });
  });

  it('works offline', async () => {
    const parts = createTranslateParts();
    await run(ok, { parts }).failed;
    const { deps } = createJobDeps({ isOnline: () => false });
    const failed = await translateSegments(
      { ...deps, ...parts },
      SEGMENTS,
      SPANISH,
      () => {},
      new AbortController().signal,
    );
    expect(failed).toEqual([]);
  });
});
