import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import type { JobConnection } from '../../lib/jobs/chat-job.ts';
import type { Price } from '../../lib/jobs/estimate.ts';
import { estimateWords } from '../../lib/jobs/estimate.ts';
import { languageOf } from '../../lib/jobs/target-language.ts';
import { translateSegments } from '../../lib/jobs/translate-job.ts';
import type { Segment, SegmentEvent } from '../../lib/protocol/contract.ts';
import { CONNECTION, createJobDeps, createTranslateParts } from './support/job-deps.ts';
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

interface RunOptions {
  stop?: AbortController;
  segments?: Segment[];
  parts?: ReturnType<typeof createTranslateParts>;
  begin?: () => Promise<void>;
  isConfirmed?: true;
  connection?: Partial<JobConnection>;
}

/** A server that answers each request by `answer`, and remembers what it was sent. */
function run(
  answer: (text: string) => Response,
  {
    stop = new AbortController(),
    segments = SEGMENTS as Segment[],
    parts = createTranslateParts(),
    begin = async () => {},
    ...more
  }: RunOptions = {},
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
  const { deps, awake } = createJobDeps({
    fetch,
    expectConnection: async () => ({ ...CONNECTION, ...more.connection }),
  });
  const events: SegmentEvent[] = [];
  const translated = translateSegments(
    { ...deps, ...parts },
    { segments, language: SPANISH, begin, ...(more.isConfirmed ? { isConfirmed: true } : {}) },
    (event) => events.push(event),
    stop.signal,
  );
  const failed = translated.then(({ unfinished }) => unfinished);
  failed.catch(() => {});
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
  return { failed, translated, sent, events, texts, states, most: () => most, awake };
}

/** One at a time, so that no more than two blocks go alone. */
const oneByOne = () => createTranslateParts({ atOnce: 1 });

const ok = (text: string) => new Response(delta(text.toUpperCase()) + FINISH + DONE);

it('asks for every block as the contract says, three at a time', async () => {
  const job = run(ok);
  expect(await job.failed).toEqual([]);
  expect(job.events[0]).toMatchObject({ type: 'language', tag: 'es', dir: 'ltr', name: 'Spanish' });
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

  it('where all of it is, it is asked for: who selects that means it', async () => {
    const parts = { ...createTranslateParts(), detectLanguage: async () => 'es' };
    const job = run(ok, { parts });
    expect(await job.failed).toEqual([]);
    expect(job.sent).toHaveLength(5);
  });

  it('works offline', async () => {
    const parts = createTranslateParts();
    await run(ok, { parts }).failed;
    const { deps } = createJobDeps({ isOnline: () => false });
    const { unfinished } = await translateSegments(
      { ...deps, ...parts },
      { segments: SEGMENTS, language: SPANISH, begin: async () => {} },
      () => {},
      new AbortController().signal,
    );
    expect(unfinished).toEqual([]);
  });
});

describe('what has begun', () => {
  const text = 'The river begins as a spring. It is cold all summer.';
  const begun = 'El río nace como un manantial.';
  const one: Segment[] = [{ id: 1, text, begun }];

  it('is gone on with from there: what comes is only what is new, and no word twice', async () => {
    const job = run(() => ok('como un manantial. Está frío todo el verano.'.toLowerCase()), {
      segments: one.map((segment) => ({ ...segment, begun: begun.toUpperCase() })),
    });
    expect(await job.failed).toEqual([]);
    expect(job.texts()).toEqual({ 1: ' ESTÁ FRÍO TODO EL VERANO.' });
    expect(job.events.flatMap((event) => (event.type === 'segment' ? [event.state] : []))).toEqual([
      'streaming',
      'done',
    ]);
    expect(job.sent[0]?.messages.slice(1, 3)).toEqual([
      { role: 'user', content: text },
      { role: 'assistant', content: begun.toUpperCase() },
    ]);
  });

  it('is asked for alone, and first', async () => {
    const segments = [...SHORT, ...one.map((segment) => ({ ...segment, id: 9 }))];
    const job = run(ok, { segments, parts: oneByOne() });
    expect(await job.failed).toEqual([]);
    expect(job.sent[0]?.messages[1]?.content).toBe(text);
    expect(job.sent).toHaveLength(2);
  });

  it('and is whole already is done', async () => {
    const job = run(() => new Response(delta(begun.slice(-20)) + FINISH + DONE), { segments: one });
    expect(await job.failed).toEqual([]);
    expect(job.texts()).toEqual({ 1: '' });
    expect(job.states()).toEqual({ 1: 'done' });
  });

  it('begins anew where the model does, after the page was told, once', async () => {
    const anew = `${begun.toUpperCase()} De otro modo: `.repeat(12);
    let asked = 0;
    const job = run(
      () => {
        asked++;
        return asked === 1
          ? new Response(delta(`El río nace como un manantial de la montaña, fría. ${anew}`) + FINISH + DONE)
          : ok('entero');
      },
      {
        segments: [{ id: 1, text, begun: `${begun.slice(0, -1)} de la montaña y baja` }],
        connection: { retries: 3, continuations: 3 },
      },
    );
    expect(await job.failed).toEqual([]);
    const told = job.events.flatMap((event) => (event.type === 'segment' ? [event.state ?? event.text] : []));
    expect(told).toEqual(['waiting', 'streaming', 'done']);
    expect(job.texts()).toEqual({ 1: 'ENTERO' });
    expect(job.sent).toHaveLength(2);
    expect(job.sent[1]?.messages).toHaveLength(2);
  });

  it('that does not come to its end again is partial, not failed', async () => {
    const job = run(() => new Response('', { status: 500 }), { segments: one });
    expect((await job.failed).map(({ id }) => id)).toEqual([1]);
    expect(job.states()).toEqual({ 1: 'partial' });
  });

  it('is not kept for other pages: nobody can tell what the page has put into it', async () => {
    const parts = createTranslateParts();
    await run(ok, { segments: one, parts }).failed;
    expect(parts.cached.size).toBe(0);
    await run(ok, { segments: [{ id: 1, text }], parts }).failed;
    expect(parts.cached.size).toBe(1);
  });

  it('and is known meanwhile is written from its start', async () => {
    const parts = createTranslateParts();
    await run(ok, { segments: [{ id: 1, text }], parts }).failed;
    const job = run(ok, { segments: one, parts });
    expect(await job.failed).toEqual([]);
    expect(job.sent).toEqual([]);
    expect(job.events.slice(1)).toEqual([
      { type: 'segment', id: 1, state: 'waiting' },
      { type: 'segment', id: 1, text: text.toUpperCase(), state: 'done' },
    ]);
  });

  it('is left out where it is longer than any translation of this text', async () => {
    const job = run(ok, { segments: [{ id: 1, text, begun: 'x'.repeat(1000) }] });
    expect(await job.failed).toEqual([]);
    expect(job.sent[0]?.messages).toHaveLength(2);
    expect(job.events[1]).toEqual({ type: 'segment', id: 1, state: 'waiting' });
    expect(job.texts()).toEqual({ 1: text.toUpperCase() });
  });
});

describe('the languages that are offered', () => {
  it('are the recent ones but for this one, then all by name', async () => {
    const parts = createTranslateParts({ recent: ['es', 'ja', 'tlh'].map(languageOf) });
    const job = run(ok, { parts });
    await job.failed;
    const [first] = job.events;
    const choices = first?.type === 'language' ? first.choices : [];
    expect(choices.slice(0, 3).map(({ tag }) => tag)).toEqual(['ja', 'tlh', 'af']);
    expect(choices.find(({ tag }) => tag === 'es')).toEqual({ tag: 'es', name: 'Spanish' });
    expect(new Set(choices.map(({ tag }) => tag)).size).toBe(choices.length);
    const names = choices.slice(2).map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  });
});

describe('the estimate', () => {
  const confirm = (more: object = {}) => createTranslateParts({ confirmAbove: 1000, ...more });

  it('counts what is to be asked for: not what is known, and the same text once', async () => {
    const parts = confirm();
    await run(ok, { parts, segments: SEGMENTS.slice(0, 2), isConfirmed: true }).failed;
    const segments = [...SEGMENTS, { id: 9, text: SEGMENTS[4]?.text ?? '' }];
    const { estimate } = await run(ok, { parts, segments }).translated;
    expect(estimate?.chars).toBe(SEGMENTS.slice(2).reduce((sum, { text }) => sum + text.length, 0));
  });

  it('counts prompt and answer of every request', async () => {
    const { estimate } = await run(ok, { parts: confirm() }).translated;
    const chars = SEGMENTS.reduce((sum, { text }) => sum + text.length, 0);
    expect(estimate?.tokens).toBeGreaterThan((2 * chars) / 4 + 5 * 100);
    expect(estimate?.tokens).toBeLessThan((2 * chars) / 4 + 5 * 300);
  });

  it('says what it costs where the price is known', async () => {
    const priced = (price: Price) => ({ ...confirm(), findPrice: async () => price });
    const both = await run(ok, { parts: priced({ input: 1, output: 1 }) }).translated;
    expect(both.estimate?.dollars).toBeCloseTo((both.estimate?.tokens ?? 0) / 1e6, 5);
    const question = await run(ok, { parts: priced({ input: 1, output: 0 }) }).translated;
    expect(question.estimate?.dollars).toBeLessThan(both.estimate?.dollars ?? 0);
  });

  it('is no reason to ask where it is small, or confirmed; where all is known nothing is', async () => {
    const parts = confirm({ confirmAbove: 100_000 });
    const small = run(ok, { parts });
    expect((await small.translated).estimate).toBeUndefined();
    expect(small.sent).toHaveLength(5);
    parts.wishesFor = confirm().wishesFor;
    const known = run(ok, { parts });
    expect((await known.translated).estimate).toBeUndefined();
    expect(known.sent).toEqual([]);
  });

  it('comes before anything is written: what is known is not shown either', async () => {
    const parts = confirm();
    await run(ok, { parts, segments: SEGMENTS.slice(0, 1), isConfirmed: true }).failed;
    const job = run(ok, { parts });
    expect((await job.translated).estimate).toBeDefined();
    expect(job.events.map(({ type }) => type)).toEqual(['language']);
  });

  it('where it may not begin, nothing is written', async () => {
    const job = run(ok, { begin: () => Promise.reject(new StreamError('rate-limited', 'Later.')) });
    await expect(job.translated).rejects.toMatchObject({ code: 'rate-limited' });
    expect(job.events.map(({ type }) => type)).toEqual(['language']);
  });
});

describe('an estimate in words', () => {
  it.each([
    [45_000, 0.0312, 'About 45,000 tokens, about $0.031.'],
    [45_000, null, 'About 45,000 tokens.'],
    [1_200_000, 12.3456, 'About 1,200,000 tokens, about $12.'],
  ])('of %i tokens for %s dollars', (tokens, dollars, words) => {
    expect(estimateWords({ chars: 1, tokens, dollars })).toBe(words);
  });
});

it('a text that was cut out of a line has a request of its own, with the words around it, and a key of its own', async () => {
  const context = 'He sat by the […]';
  const parts = createTranslateParts();
  const segments = [
    { id: 1, text: 'bank', context },
    ...Array.from({ length: 20 }, (_, at) => ({ id: at + 2, text: `text ${at}` })),
  ];
  const first = run(() => new Response(delta('orilla') + FINISH + DONE), { segments, parts });
  await first.translated;
  const [cut] = first.sent;
  expect(cut?.messages.at(-1)?.content).toBe('bank');
  expect(cut?.messages[1]?.content).toContain(JSON.stringify(context));
  expect(first.sent.slice(1).every(({ messages }) => messages.length === 2)).toBe(true);
  const second = run(() => new Response(delta('banco') + FINISH + DONE), {
    segments: [{ id: 1, text: 'bank' }],
    parts,
  });
  await second.translated;
  expect(second.sent).toHaveLength(1);
});
