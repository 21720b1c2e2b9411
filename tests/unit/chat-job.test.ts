import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import { askChat, attach, continueChat } from '../../lib/jobs/ask-chat.ts';
import { chatMessages } from '../../lib/jobs/history.ts';
import type { Turn, TurnEvent } from '../../lib/protocol/contract.ts';
import { CONNECTION, createJobDeps } from './support/job-deps.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const INPUT = { id: 't1', conversationId: 'c1', parentId: null, userText: 'Hello there', createdAt: 1 };
const settle = () => new Promise((resolve) => setTimeout(resolve));

function createViewer() {
  const events: TurnEvent[] = [];
  const stop = new AbortController();
  const leave = new AbortController();
  return {
    events,
    stop,
    leave,
    viewer: {
      post: (event: TurnEvent) => void events.push(structuredClone(event)),
      stopped: stop.signal,
      left: leave.signal,
    },
    /** The text a view has, folded from a snapshot and what followed. */
    text() {
      const message = emptyMessage();
      for (const event of events) {
        if (event.type === 'snapshot') Object.assign(message, structuredClone(event.turn.reply));
        if (event.type === 'delta') fold(message, event.events);
      }
      return message.text;
    },
    state: () =>
      events
        .map((event) =>
          event.type === 'snapshot' ? event.turn.state : 'state' in event ? event.state : null,
        )
        .findLast(Boolean),
  };
}

describe('a turn', () => {
  it('is committed before anything is sent, and stored before viewers hear its end', async () => {
    const { deps, server, log, stored, awake } = createJobDeps();
    const view = createViewer();
    const asked = askChat(deps, INPUT, view.viewer);
    await settle();
    expect(log).toEqual(['save waiting', 'fetch']);
    expect(awake()).toBe(1);
    server.respond();
    server.write(delta('Hi ') + delta('you'));
    await settle();
    expect(view.state()).toBe('streaming');
    server.write(FINISH + DONE);
    await asked;
    expect(view.text()).toBe('Hi you');
    expect(view.state()).toBe('done');
    expect(log.at(-1)).toBe('save done');
    expect(stored.get('t1')).toMatchObject({
      state: 'done',
      reply: { text: 'Hi you' },
      model: 'm',
      stats: { chunks: 3 },
    });
    expect(awake()).toBe(0);
    expect(deps.live.find('t1')).toBeUndefined();
  });

  it('is asked once, however often it is sent', async () => {
    const { deps, server } = createJobDeps();
    const views = [createViewer(), createViewer(), createViewer()];
    const asked = views.map(({ viewer }) => askChat(deps, INPUT, viewer));
    await settle();
    server.respond();
    server.write(delta('once') + FINISH + DONE);
    await Promise.all(asked);
    expect(server.calls).toHaveLength(1);
    for (const view of views) expect(view.text()).toBe('once');
  });

  it('sends nothing when it cannot be committed', async () => {
    const { deps, server, awake } = createJobDeps();
    deps.ledger.begin = async () => {
      throw new StreamError('storage', 'disk full');
    };
    await expect(askChat(deps, INPUT, createViewer().viewer)).rejects.toMatchObject({ code: 'storage' });
    expect(server.calls).toHaveLength(0);
    expect(awake()).toBe(0);
    expect(deps.live.isBusy('c1')).toBe(false);
  });

  it('goes on without its viewer, and can be watched again without a gap', async () => {
    const { deps, server } = createJobDeps();
    const first = createViewer();
    void askChat(deps, INPUT, first.viewer);
    await settle();
    server.respond();
    server.write(delta('one '));
    await settle();
    first.leave.abort();
    server.write(delta('two '));
    await settle();
    const second = createViewer();
    const attached = attach(deps, 't1', 0, second.viewer);
    await settle();
    expect(second.text()).toBe('one two ');
    server.write(delta('three') + FINISH + DONE);
    await attached;
    expect(second.text()).toBe('one two three');
    expect(first.text()).toBe('one ');
  });

  it('sends no snapshot to a viewer that has everything', async () => {
    const { deps, server } = createJobDeps();
    const first = createViewer();
    void askChat(deps, INPUT, first.viewer);
    await settle();
    server.respond();
    server.write(delta('one '));
    await settle();
    const seq = first.events.at(-1)?.seq ?? 0;
    const second = createViewer();
    void attach(deps, 't1', seq, second.viewer);
    await settle();
    server.write(delta('two'));
    await settle();
    expect(second.events.map(({ type }) => type)).toEqual(['delta']);
  });

  it('ends when it is stopped: partial with what came, failed with nothing', async () => {
    for (const [written, state] of [
      [delta('some'), 'partial'],
      ['', 'failed'],
    ] as const) {
      const { deps, server, stored } = createJobDeps();
      const view = createViewer();
      const asked = askChat(deps, INPUT, view.viewer);
      await settle();
      server.respond();
      if (written) server.write(written);
      await settle();
      view.stop.abort(new StreamError('aborted', 'Stopped.'));
      await asked;
      expect(server.aborted).toBe(true);
      expect(stored.get('t1')).toMatchObject({ state, trouble: { code: 'aborted' } });
    }
  });

  it('that cannot be asked at all is kept, with the reason', async () => {
    const { deps, server, stored } = createJobDeps({
      expectConnection: async () => {
        throw new StreamError('no-key', 'No API key is stored.');
      },
    });
    await askChat(deps, INPUT, createViewer().viewer);
    expect(server.calls).toHaveLength(0);
    expect(stored.get('t1')).toMatchObject({
      state: 'failed',
      trouble: { code: 'no-key' },
      userText: 'Hello there',
    });
  });

  it('is not sent offline', async () => {
    const { deps, server, stored } = createJobDeps({ isOnline: () => false });
    await askChat(deps, INPUT, createViewer().viewer);
    expect(server.calls).toHaveLength(0);
    expect(stored.get('t1')?.trouble?.code).toBe('offline');
  });

  it('without an answer in it is not called done', async () => {
    const { deps, server, stored } = createJobDeps();
    const asked = askChat(deps, INPUT, createViewer().viewer);
    await settle();
    server.respond();
    server.write(FINISH + DONE);
    await asked;
    expect(stored.get('t1')).toMatchObject({ state: 'failed', trouble: { code: 'bad-data' } });
  });

  it('is refused while another answer of the conversation is being written', async () => {
    const { deps } = createJobDeps();
    void askChat(deps, INPUT, createViewer().viewer);
    await settle();
    const second = askChat(deps, { ...INPUT, id: 't2' }, createViewer().viewer);
    await expect(second).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('of a worker that is no more is shown as it was stored', async () => {
    const { deps, stored, server } = createJobDeps();
    stored.set('old', { ...(INPUT as unknown as Turn), id: 'old', state: 'partial' });
    const view = createViewer();
    await attach(deps, 'old', 5, view.viewer);
    expect(view.events).toMatchObject([{ type: 'snapshot', turn: { id: 'old', state: 'partial' } }]);
    await expect(attach(deps, 'never', 0, view.viewer)).rejects.toMatchObject({ code: 'not-found' });
    expect(server.calls).toHaveLength(0);
  });
});

it('sends the path of the conversation, without turns that got no answer', () => {
  const turn = (userText: string, text: string) => ({ userText, reply: { text } }) as Turn;
  expect(chatMessages([turn('a', 'A'), turn('b', ''), turn('c', 'C')], { id: 'q', userText: 'd' })).toEqual([
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'A' },
    { role: 'user', content: 'c' },
    { role: 'assistant', content: 'C' },
    { role: 'user', content: 'd' },
  ]);
});

describe('a turn that breaks', () => {
  const AUTOMATIC = { ...CONNECTION, retries: 2, continuations: 2 };
  /** A server that answers each request with the next of `bodies`. */
  function serve(...bodies: (string | number)[]) {
    const requests: { role: string; content: string }[][] = [];
    const fetch: Fetch = async (_, init) => {
      requests.push(
        (JSON.parse(String(init.body)) as { messages: { role: string; content: string }[] }).messages,
      );
      const body = bodies[requests.length - 1] ?? '';
      return typeof body === 'number'
        ? new Response('', { status: body, headers: { 'retry-after-ms': '1' } })
        : new Response(body);
    };
    return { requests, ...createJobDeps({ fetch, expectConnection: async () => AUTOMATIC }) };
  }

  it('is repeated while nothing was shown, and says when', async () => {
    const { deps, stored, requests } = serve(429, 503, delta('Hi') + FINISH + DONE);
    const view = createViewer();
    await askChat(deps, INPUT, view.viewer);
    expect(requests).toHaveLength(3);
    expect(view.events.filter((event) => event.type === 'state' && event.state === 'retrying')).toMatchObject(
      [
        { retryInMs: 1, trouble: { code: 'rate-limited' } },
        { retryInMs: 1, trouble: { code: 'overloaded' } },
      ],
    );
    expect(stored.get('t1')).toMatchObject({
      state: 'done',
      reply: { text: 'Hi' },
      stats: { retries: 2 },
      seams: [],
    });
  });

  it('goes on from where it broke, with a seam for each break', async () => {
    const { deps, stored, requests } = serve(
      delta('One two three '),
      delta('four five six '),
      delta('seven.') + FINISH + DONE,
    );
    const view = createViewer();
    await askChat(deps, INPUT, view.viewer);
    expect(requests).toHaveLength(3);
    expect(stored.get('t1')).toMatchObject({
      state: 'done',
      reply: { text: 'One two three four five six seven.' },
      seams: [14, 28],
    });
    expect(view.text()).toBe('One two three four five six seven.');
  });

  it('stays partial when it broke too often, without a seam at its end, and goes on when asked to', async () => {
    const { deps, stored, requests } = serve(delta('One two three '), 401, delta('four.') + FINISH + DONE);
    await askChat(deps, INPUT, createViewer().viewer);
    expect(stored.get('t1')).toMatchObject({
      state: 'partial',
      trouble: { code: 'unauthorised' },
      seams: [],
    });
    const view = createViewer();
    await continueChat(deps, 't1', view.viewer);
    expect(requests[2]?.slice(-2)).toMatchObject([
      { role: 'assistant', content: 'One two three ' },
      { role: 'user' },
    ]);
    expect(stored.get('t1')).toMatchObject({
      state: 'done',
      reply: { text: 'One two three four.' },
      seams: [14],
    });
    expect(view.text()).toBe('One two three four.');
    expect(deps.live.find('t1')).toBeUndefined();
  });

  it('without text has nothing to go on from', async () => {
    const { deps } = serve(401);
    await askChat(deps, INPUT, createViewer().viewer);
    await expect(continueChat(deps, 't1', createViewer().viewer)).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

it('a wait is stored before it is told: a death right after it is known for what it was', async () => {
  const seen: (string | undefined)[] = [];
  const bodies = [429, delta('Hi') + FINISH + DONE];
  const fetch: Fetch = async () => {
    const body = bodies.shift() ?? '';
    return typeof body === 'number'
      ? new Response('', { status: body, headers: { 'retry-after-ms': '1' } })
      : new Response(body);
  };
  const { deps, stored } = createJobDeps({
    fetch,
    expectConnection: async () => ({ ...CONNECTION, retries: 2 }),
  });
  const view = createViewer();
  const post = (event: TurnEvent) => {
    if (event.type === 'state' && event.state === 'retrying') seen.push(stored.get('t1')?.state);
  };
  await askChat(deps, INPUT, { ...view.viewer, post });
  expect(seen).toEqual(['retrying']);
});
