import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatModel } from '../../lib/chat/model.ts';
import { WORKER_ENDED, WORKER_ENDED_BETWEEN } from '../../lib/engine/errors.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import { emptyStats } from '../../lib/engine/stats.ts';
import type { Turn } from '../../lib/protocol/contract.ts';
import { readySettings, ScriptedWorker, settle, turnOf } from './chat-worker.ts';

let worker: ScriptedWorker;
let model: ChatModel;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  worker = new ScriptedWorker();
  model = worker.createModel();
});
afterEach(() => vi.useRealTimers());

const last = () => {
  const turn = model.turns.value.at(-1);
  if (!turn) throw new Error('no turn on screen');
  return turn;
};
const half = (text = 'Half') =>
  turnOf('new1', { state: 'streaming', reply: { ...emptyMessage(), text }, userText: 'Hello' });

async function pass(ms: number): Promise<void> {
  await settle();
  vi.advanceTimersByTime(ms);
  await settle();
}

async function begin() {
  await model.start();
  model.send('Hello');
  await settle();
  return worker.expectLast('chat');
}

describe('a worker that is gone', () => {
  test('before anything came: the same request with the same turn id', async () => {
    const port = await begin();
    port.die();
    await pass(0);
    expect(worker.of('chat')).toHaveLength(2);
    expect(worker.expectLast('chat').request).toEqual(port.request);
    expect(worker.of('attach')).toHaveLength(0);
  });

  /** The worker died mid-stream and the view has found the turn again. */
  async function dieAndAttach(turn: Partial<Turn>) {
    const port = await begin();
    port.post({ type: 'snapshot', seq: 0, turn: half('') });
    port.text(1, 'Half');
    await settle();
    port.die();
    await pass(0);
    const again = worker.expectLast('attach');
    const ended = { state: 'partial', trouble: { code: 'interrupted', message: WORKER_ENDED } } as const;
    again.post({ type: 'snapshot', seq: 0, turn: { ...half(), ...ended, ...turn } });
    again.done();
    await settle();
    return again;
  }

  test('mid-stream, with "continue automatically": the view goes on by itself', async () => {
    await dieAndAttach({});
    const on = worker.expectLast('continue');
    expect(on.request).toEqual({ type: 'continue', turnId: 'new1' });
    expect(last().reply.state.value).toBe('continuing');
    expect(last().reply.trouble.value).toBeNull();
    on.post({ type: 'snapshot', seq: 9, turn: { ...half(), state: 'continuing', seams: [4] } });
    on.text(10, ' and whole');
    on.post({ type: 'state', seq: 11, state: 'done', trouble: null, stats: emptyStats() });
    on.done();
    await settle();
    expect(last().reply.text.text).toBe('Half and whole');
    expect(last().reply.state.value).toBe('done');
    expect(worker.of('chat')).toHaveLength(1);
    expect(worker.of('continue')).toHaveLength(1);
  });

  test.each<[string, Partial<Turn>]>([
    ['nothing had come: asking again might be paid twice', { reply: emptyMessage(), state: 'failed' }],
    ['another model was asked', { model: 'other' }],
    ['another server was asked', { origin: 'https://elsewhere.test' }],
    ['it ended by something else', { trouble: { code: 'unauthorised', message: 'No.' } }],
    [
      'a tool call is open',
      { reply: { ...half().reply, toolCalls: [{ id: '', name: 'x', arguments: '' }] } },
    ],
    ['the answer had its end', { reply: { ...half().reply, finishReason: 'stop' } }],
  ])('not where %s', async (_, turn) => {
    await dieAndAttach(turn);
    expect(worker.of('continue')).toHaveLength(0);
    expect(['partial', 'failed']).toContain(last().reply.state.value);
  });

  test('nor where the settings say to ask', async () => {
    worker.settings = readySettings({
      settings: { ...readySettings().settings, continuing: 'ask' },
    });
    await dieAndAttach({});
    expect(worker.of('continue')).toHaveLength(0);
  });

  test('in the wait before an attempt: the next one is made, nothing was under way', async () => {
    await dieAndAttach({
      reply: emptyMessage(),
      state: 'failed',
      trouble: { code: 'interrupted', message: WORKER_ENDED_BETWEEN },
    });
    expect(worker.of('continue')).toHaveLength(1);
  });

  test('again and again: three times it goes on, then it asks', async () => {
    await dieAndAttach({});
    for (let deaths = 2; deaths <= 5; deaths++) {
      worker.ports.at(-1)?.die();
      await pass(5000);
      const ended = { state: 'partial', trouble: { code: 'interrupted', message: WORKER_ENDED } } as const;
      worker.expectLast('attach').post({ type: 'snapshot', seq: 0, turn: { ...half(), ...ended } });
      worker.expectLast('attach').done();
      await settle();
    }
    expect(worker.of('continue')).toHaveLength(3);
    expect(last().reply.state.value).toBe('partial');
  });

  test('mid-stream: attaches, and shows what the worker stored', async () => {
    const port = await begin();
    port.post({ type: 'snapshot', seq: 0, turn: half('') });
    port.text(1, 'Half');
    await settle();
    port.die();
    await pass(0);
    const again = worker.expectLast('attach');
    expect(again.request).toEqual({ type: 'attach', turnId: 'new1', fromSeq: 0 });
    expect(last().reply.state.value).toBe('streaming');
    const trouble = { code: 'worker-gone', message: 'The worker stopped.' } as const;
    again.post({ type: 'snapshot', seq: 0, turn: { ...half(), state: 'partial', trouble } });
    again.done();
    await settle();
    expect(last().reply.state.value).toBe('partial');
    expect(last().reply.text.text).toBe('Half');
    expect(model.busy.value).toBe(false);
  });

  test('gives up after four attempts, keeps the text and says why', async () => {
    const port = await begin();
    port.post({ type: 'snapshot', seq: 0, turn: half() });
    await settle();
    port.die();
    for (const wait of [0, 250, 1000, 2000]) {
      const before = worker.of('attach').length;
      if (wait > 0) await pass(wait - 1);
      else await settle();
      expect(worker.of('attach')).toHaveLength(before);
      await pass(1);
      expect(worker.of('attach')).toHaveLength(before + 1);
      worker.expectLast('attach').die();
    }
    await pass(10_000);
    expect(worker.of('attach')).toHaveLength(4);
    expect(last().reply.state.value).toBe('partial');
    expect(last().reply.trouble.value?.code).toBe('worker-gone');
    expect(model.busy.value).toBe(false);
  });

  test('that cannot even be connected to is trouble, not a crash', async () => {
    await model.start();
    worker.isUnreachable = true;
    model.send('Hello');
    for (const wait of [0, 250, 1000, 2000]) await pass(wait);
    expect(last().reply.state.value).toBe('failed');
    expect(last().reply.trouble.value?.code).toBe('worker-gone');
  });

  test('a read that met its end is asked once more', async () => {
    const connect = vi.fn(() => {
      const channel = worker.connect();
      if (connect.mock.calls.length <= 3) queueMicrotask(() => worker.ports.at(-1)?.die());
      return channel;
    });
    model = worker.createModel({ connect });
    await model.start();
    expect(model.loaded.value).toBe(true);
  });
});

test('a gap in the sequence leads to a snapshot', async () => {
  const port = await begin();
  port.post({ type: 'snapshot', seq: 0, turn: half('') });
  port.text(1, 'a');
  port.text(3, 'c');
  await pass(0);
  expect(port.left).toBe(true);
  const again = worker.expectLast('attach');
  again.post({ type: 'snapshot', seq: 3, turn: half('abc') });
  again.text(4, 'd');
  await settle();
  expect(last().reply.text.text).toBe('abcd');
});

test('Stop reaches a worker that is only just found again', async () => {
  const port = await begin();
  port.post({ type: 'snapshot', seq: 0, turn: half() });
  await settle();
  port.die();
  await settle();
  model.stop();
  await pass(0);
  expect(worker.expectLast('attach').aborted).toBe(true);
});

test('Stop that is never answered frees the box after a second', async () => {
  await begin();
  model.stop();
  expect(model.busy.value).toBe(true);
  await pass(1000);
  expect(model.busy.value).toBe(false);
  expect(last().reply.state.value).toBe('failed');
});

describe('opening again', () => {
  test('picks up a running stream', async () => {
    worker.conversation.turns = [half()];
    await model.start();
    await settle();
    expect(worker.expectLast('attach').request).toEqual({ type: 'attach', turnId: 'new1', fromSeq: 0 });
    expect(model.busy.value).toBe(true);
  });

  test('leaves what has ended alone', async () => {
    worker.conversation.turns = [turnOf('t1')];
    await model.start();
    await settle();
    expect(worker.of('attach')).toHaveLength(0);
    expect(last().reply.text.text).toBe('answer t1');
  });
});

describe('notices', () => {
  test('a turn of another view appears with its snapshot', async () => {
    worker.conversation.turns = [turnOf('t1')];
    await model.start();
    worker.notify({ type: 'turn-started', conversationId: 'c1', turnId: 't2', isAside: false });
    await settle();
    worker.expectLast('attach').post({
      type: 'snapshot',
      seq: 0,
      turn: turnOf('t2', { parentId: 't1', state: 'waiting', reply: emptyMessage() }),
    });
    await settle();
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['t1', 't2']);
    expect(model.busy.value).toBe(true);
  });

  test('of our own turn changes nothing', async () => {
    await begin();
    worker.notify({ type: 'turn-started', conversationId: 'c1', turnId: 'new1', isAside: false });
    await settle();
    expect(worker.of('attach')).toHaveLength(0);
  });

  test('of another conversation leaves this one on screen', async () => {
    await model.start();
    worker.notify({ type: 'turn-started', conversationId: 'c9', turnId: 't9', isAside: false });
    worker.notify({ type: 'conversation-changed', conversationId: 'c9' });
    await settle();
    expect(worker.of('conversation')).toHaveLength(1);
  });

  test('of what a gesture in a page began shows that', async () => {
    await model.start();
    worker.conversation = {
      id: 'c9',
      title: 'Other',
      turns: [turnOf('t9', { conversationId: 'c9' })],
      unsaved: null,
    };
    worker.notify({ type: 'turn-started', conversationId: 'c9', turnId: 't9', isAside: true });
    await settle();
    expect(model.title.value).toBe('Other');
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['t9']);
  });

  test('a reload keeps the turn objects and a question that is not stored yet', async () => {
    worker.conversation.turns = [turnOf('t1')];
    await model.start();
    const [first] = model.turns.value;
    model.send('Hello');
    worker.conversation.title = 'Named';
    worker.notify({ type: 'conversation-changed', conversationId: 'c1' });
    await settle();
    expect(model.title.value).toBe('Named');
    expect(model.turns.value[0]).toBe(first);
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['t1', 'new1']);
  });

  test('changed settings are read again', async () => {
    worker.settings = readySettings({ ready: false });
    await model.start();
    worker.settings = readySettings();
    worker.notify({ type: 'settings-changed' });
    await settle();
    expect(model.setup.value?.ready).toBe(true);
  });
});

test('New chat asks once, and not at all where the conversation is empty', async () => {
  worker.conversation.turns = [turnOf('t1')];
  await model.start();
  await Promise.all([model.newChat(), model.newChat()]);
  expect(worker.of('new-conversation')).toHaveLength(1);
  expect(model.turns.value).toEqual([]);
  await model.newChat();
  expect(worker.of('new-conversation')).toHaveLength(1);
});
