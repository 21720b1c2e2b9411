// A model that fails before it showed anything is stood in for by another one; never after something was shown.
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../lib/engine/transport.ts';
import { askChat, continueChat } from '../../lib/jobs/ask-chat.ts';
import type { Used } from '../../lib/jobs/meter.ts';
import type { TurnEvent } from '../../lib/protocol/contract.ts';
import { CONNECTION, createJobDeps } from './support/job-deps.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const INPUT = { id: 't1', conversationId: 'c1', parentId: null, userText: 'Hello there', createdAt: 1 };
const SPARE = { baseUrl: 'https://spare.test/v1', key: 'spare-key', model: 'spare' };

interface Seen {
  host: string;
  key: string | null;
  body: Record<string, unknown>;
}

/** `main` and `spare` are answered in turn: a status, or the text of a stream. */
function serve(
  { main, spare }: { main: (number | string)[]; spare: (number | string)[] },
  more: Partial<typeof CONNECTION> = {},
) {
  const seen: Seen[] = [];
  const used: Used[] = [];
  const events: TurnEvent[] = [];
  const fetch: Fetch = async (url, init) => {
    const { host } = new URL(url);
    const key = new Headers(init.headers).get('authorization');
    seen.push({ host, key, body: JSON.parse(String(init.body)) });
    const answer = (host === 'spare.test' ? spare : main).shift() ?? 500;
    return typeof answer === 'number'
      ? new Response('', { status: answer, headers: { 'retry-after-ms': '1' } })
      : new Response(answer);
  };
  const job = createJobDeps({
    fetch,
    used: (one) => void used.push(one),
    expectConnection: async () => ({ ...CONNECTION, fallback: SPARE, ...more }),
  });
  const viewer = {
    post: (event: TurnEvent) => void events.push(structuredClone(event)),
    stopped: new AbortController().signal,
    left: new AbortController().signal,
  };
  return { ...job, seen, used, events, viewer };
}

const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 11, completion_tokens: 3 } })}\n\n`;
const HI = delta('Hi') + FINISH + USAGE + DONE;

describe('the fall-back model', () => {
  it('answers after the retries, with its own key, and the turn says who failed', async () => {
    const { deps, stored, seen, events, viewer, used } = serve(
      { main: [503, 503], spare: [HI] },
      { retries: 1, params: { temperature: 0.5, maxTokens: 7, effort: 'high' } },
    );
    await askChat(deps, INPUT, viewer);
    expect(seen.map(({ host }) => host)).toEqual(['api.test', 'api.test', 'spare.test']);
    expect(seen.map(({ key }) => key)).toEqual(['Bearer k', 'Bearer k', 'Bearer spare-key']);
    const params = { temperature: 0.5, max_tokens: 7, reasoning_effort: 'high' };
    for (const [index, model] of ['m', 'm', 'spare'].entries())
      expect(seen[index]?.body).toMatchObject({ model, ...params });
    expect(stored.get('t1')).toMatchObject({
      state: 'done',
      trouble: null,
      reply: { text: 'Hi' },
      model: 'spare',
      origin: 'https://spare.test',
      stats: { retries: 2 },
      attempts: [
        { model: 'm', status: 503, code: 'overloaded' },
        { model: 'm', status: 503, code: 'overloaded' },
        { status: 200, code: null },
      ],
    });
    expect(stored.get('t1')?.attempts[2]).not.toHaveProperty('model');
    const told = events.filter((event) => event.type === 'snapshot').at(-1);
    expect(told).toMatchObject({ turn: { model: 'spare', state: 'waiting' } });
    expect(used).toMatchObject([
      { model: 'm', requests: 2, input: 0, output: 0 },
      { model: 'spare', baseUrl: SPARE.baseUrl, requests: 1, input: 11, output: 3, isEstimated: false },
    ]);
  });

  it.each([
    [500, true],
    [529, true],
    [429, true],
    [401, false],
    [403, false],
    [402, false],
    [400, false],
  ])('after %i: %s', async (status, falls) => {
    const { deps, stored, seen, viewer } = serve({ main: [status], spare: [HI] });
    await askChat(deps, INPUT, viewer);
    expect(seen.length).toBe(falls ? 2 : 1);
    expect(stored.get('t1')).toMatchObject(
      falls ? { state: 'done', model: 'spare' } : { state: 'failed', model: 'm' },
    );
  });

  it('never answers after something was shown', async () => {
    const { deps, stored, seen, viewer } = serve(
      { main: [delta('One two'), 503], spare: [HI] },
      { continuations: 1 },
    );
    await askChat(deps, INPUT, viewer);
    expect(seen.map(({ host }) => host)).toEqual(['api.test', 'api.test']);
    expect(stored.get('t1')).toMatchObject({ state: 'partial', model: 'm', reply: { text: 'One two' } });
    await continueChat(deps, 't1', viewer);
    expect(seen.every(({ host }) => host === 'api.test')).toBe(true);
  });

  it('goes on by hand with what it wrote, with its own key', async () => {
    const { deps, stored, seen, viewer } = serve(
      { main: [500], spare: [delta('One two'), delta(' three') + FINISH + DONE] },
      { params: { temperature: 0.5 } },
    );
    await askChat(deps, INPUT, viewer);
    expect(stored.get('t1')).toMatchObject({ state: 'partial', model: 'spare', reply: { text: 'One two' } });
    await continueChat(deps, 't1', viewer);
    expect(seen.map(({ host }) => host)).toEqual(['api.test', 'spare.test', 'spare.test']);
    expect(seen[2]).toMatchObject({ key: 'Bearer spare-key', body: { model: 'spare', temperature: 0.5 } });
    expect(stored.get('t1')).toMatchObject({
      state: 'done',
      model: 'spare',
      origin: 'https://spare.test',
      reply: { text: 'One two three' },
    });
  });

  it('does not go on where it is not the fall-back any more', async () => {
    const { deps, stored, seen, viewer } = serve({
      main: [500, delta(' three') + FINISH + DONE],
      spare: [delta('One two')],
    });
    await askChat(deps, INPUT, viewer);
    const other = { ...SPARE, model: 'another' };
    deps.expectConnection = async () => ({ ...CONNECTION, fallback: other });
    await continueChat(deps, 't1', viewer);
    expect(seen.map(({ host }) => host)).toEqual(['api.test', 'spare.test', 'api.test']);
    expect(stored.get('t1')).toMatchObject({ state: 'done', model: 'm' });
  });

  it('that fails too ends the turn with its own trouble', async () => {
    const { deps, stored, seen, viewer } = serve({ main: [500], spare: [401] });
    await askChat(deps, INPUT, viewer);
    expect(seen).toHaveLength(2);
    expect(stored.get('t1')).toMatchObject({
      state: 'failed',
      model: 'spare',
      trouble: { code: 'unauthorised' },
      attempts: [{ model: 'm', code: 'server' }, { code: 'unauthorised' }],
    });
  });

  it('is not asked once the user has stopped', async () => {
    const stop = new AbortController();
    const { deps, stored, seen, viewer } = serve({ main: [503, 503], spare: [HI] }, { retries: 3 });
    const post = (event: TurnEvent) => {
      if (event.type === 'state' && event.state === 'retrying') stop.abort();
    };
    await askChat(deps, INPUT, { ...viewer, stopped: stop.signal, post });
    expect(seen).toHaveLength(1);
    expect(stored.get('t1')).toMatchObject({ state: 'failed', trouble: { code: 'aborted' } });
  });
});

describe('what a turn took', () => {
  it('is estimated where the server does not say', async () => {
    const { deps, viewer, used } = serve({ main: [delta('Hi you, there') + FINISH + DONE], spare: [] });
    await askChat(deps, INPUT, viewer);
    expect(used).toEqual([
      {
        kind: 'chat',
        baseUrl: CONNECTION.baseUrl,
        model: 'm',
        conversationId: 'c1',
        requests: 1,
        input: 3,
        output: 3,
        isEstimated: true,
      },
    ]);
  });
  it('counts what was asked to go on, with what had come', async () => {
    const { deps, viewer, used } = serve(
      { main: [delta('One two three '), delta('four.') + FINISH + USAGE + DONE], spare: [] },
      { continuations: 1 },
    );
    await askChat(deps, INPUT, viewer);
    expect(used).toMatchObject([{ requests: 2, isEstimated: true }]);
    expect(used[0]?.input).toBeGreaterThan(3 + 3);
  });
});
