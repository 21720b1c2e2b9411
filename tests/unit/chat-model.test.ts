import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatModel } from '../../lib/chat/model.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import { emptyStats } from '../../lib/engine/stats.ts';
import { readySettings, ScriptedWorker, settle, turnOf } from './chat-worker.ts';

let worker: ScriptedWorker;
let model: ChatModel;

beforeEach(async () => {
  worker = new ScriptedWorker();
  model = worker.createModel();
});

const last = () => {
  const turn = model.turns.value.at(-1);
  if (!turn) throw new Error('no turn on screen');
  return turn;
};

describe('sending', () => {
  test('shows question and waiting answer at once, and asks once however often Enter is pressed', async () => {
    await model.start();
    model.draft.value = 'Hello';
    for (let i = 0; i < 5; i++) model.send('Hello');
    expect(model.turns.value).toHaveLength(1);
    expect(last().userText).toBe('Hello');
    expect(last().reply.state.value).toBe('waiting');
    expect(model.draft.value).toBe('');
    expect(model.busy.value).toBe(true);
    await settle();
    expect(worker.of('chat').map((port) => port.request)).toEqual([
      { type: 'chat', turnId: 'new1', conversationId: 'c1', parentId: null, text: 'Hello' },
    ]);
  });

  test('follows the last turn that is stored', async () => {
    worker.conversation.turns = [turnOf('t1'), turnOf('t2', { parentId: 't1' })];
    await model.start();
    model.send('More');
    await settle();
    expect(worker.expectLast('chat').request).toMatchObject({ parentId: 't2' });
  });

  test('before the conversation is known it waits for it', async () => {
    const started = model.start();
    model.send('Early');
    model.send('Early');
    expect(model.busy.value).toBe(true);
    await started;
    await settle();
    expect(worker.of('chat')).toHaveLength(1);
  });

  test('without a usable provider it leads to the settings and keeps the text', async () => {
    worker.settings = readySettings({ ready: false, hasKey: false });
    await model.start();
    model.send('Hello');
    await settle();
    expect(worker.calls).toEqual(['options']);
    expect(model.draft.value).toBe('Hello');
    expect(worker.of('chat')).toHaveLength(0);
  });

  test('a question that the worker refused comes back into the box when another view was first', async () => {
    await model.start();
    model.send('Mine');
    await settle();
    worker
      .expectLast('chat')
      .channel.post({ type: 'error', trouble: { code: 'bad-request', message: 'busy' } });
    await settle();
    expect(last().reply.state.value).toBe('failed');
    worker.notify({ type: 'turn-started', conversationId: 'c1', turnId: 'theirs', isAside: false });
    await settle();
    const theirs = turnOf('theirs', { state: 'waiting', reply: emptyMessage() });
    worker.expectLast('attach').post({ type: 'snapshot', seq: 0, turn: theirs });
    await settle();
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['theirs']);
    expect(model.draft.value).toBe('Mine');
  });
});

describe('streaming', () => {
  const begin = async () => {
    await model.start();
    model.send('Hello');
    await settle();
    const port = worker.expectLast('chat');
    port.post({
      type: 'snapshot',
      seq: 0,
      turn: turnOf('new1', { state: 'waiting', reply: emptyMessage() }),
    });
    return port;
  };

  test('appends deltas in order and drops what came already', async () => {
    const port = await begin();
    port.text(1, 'Hel');
    port.text(2, 'lo');
    port.text(2, 'lo');
    await settle();
    expect(last().reply.text.text).toBe('Hello');
    expect(last().reply.state.value).toBe('streaming');
    port.post({ type: 'state', seq: 3, state: 'done', trouble: null, stats: { ...emptyStats(), chunks: 2 } });
    port.done();
    await settle();
    expect(last().reply.state.value).toBe('done');
    expect(last().reply.shownStats.value.chunks).toBe(2);
    expect(model.busy.value).toBe(false);
    await vi.waitFor(() => expect(model.announcement.value).toMatch(/\nAnswer complete\.$/));
  });

  test('a view attached later gets the text so far, a snapshot draws only the rest', async () => {
    const port = await begin();
    port.text(1, 'Hel');
    await settle();
    const drawn: string[] = [];
    last().reply.text.attach({
      append: (text) => drawn.push(text),
      mark: () => drawn.push('MARK'),
      reset: () => drawn.push('RESET'),
      end: () => drawn.push('END'),
    });
    port.post({
      type: 'snapshot',
      seq: 5,
      turn: turnOf('new1', { state: 'streaming', reply: { ...emptyMessage(), text: 'Hello' } }),
    });
    port.text(6, ' you');
    port.post({ type: 'state', seq: 7, state: 'done', trouble: null, stats: emptyStats() });
    await settle();
    expect(drawn).toEqual(['Hel', 'lo', ' you', 'END']);
  });

  test('a snapshot that says something else replaces what is there', async () => {
    const port = await begin();
    port.text(1, 'wrong');
    const reply = { ...emptyMessage(), text: 'right' };
    port.post({ type: 'snapshot', seq: 5, turn: turnOf('new1', { state: 'streaming', reply }) });
    await settle();
    expect(last().reply.text.text).toBe('right');
  });

  test('reasoning is kept apart and timed until the text begins', async () => {
    const port = await begin();
    const delta = { type: 'delta', chunks: 1 } as const;
    port.post({ ...delta, seq: 1, elapsedMs: 1000, events: [{ type: 'reasoning', text: 'Hm' }] });
    await settle();
    expect(last().reply.thinking.value).toEqual({ active: true, ms: null });
    expect(last().reply.state.value).toBe('streaming');
    port.post({ ...delta, seq: 2, elapsedMs: 4000, events: [{ type: 'text', text: 'So' }] });
    await settle();
    expect(last().reply.thinking.value).toEqual({ active: false, ms: 3000 });
    expect(last().reply.reasoning.text).toBe('Hm');
    expect(last().reply.text.text).toBe('So');
  });

  test('figures change at most four times a second', async () => {
    let clock = 0;
    model = worker.createModel({ now: () => clock });
    const port = await begin();
    const seen = new Set<number>();
    for (let seq = 1; seq <= 100; seq++) {
      clock += 10;
      port.text(seq, 'word ');
      await settle();
      seen.add(last().reply.shownStats.value.chunks);
    }
    expect(seen.size).toBeGreaterThan(2);
    expect(seen.size).toBeLessThanOrEqual(6);
  });
});

describe('stopping', () => {
  test('shows at once, asks the worker, and takes its account of the end', async () => {
    await model.start();
    model.send('Hello');
    await settle();
    const port = worker.expectLast('chat');
    port.text(1, 'Half');
    await settle();
    model.stop();
    expect(last().reply.state.value).toBe('partial');
    await settle();
    expect(port.aborted).toBe(true);
    const trouble = { code: 'aborted', message: 'Stopped.' } as const;
    port.text(2, ' an answer');
    port.post({ type: 'state', seq: 3, state: 'partial', trouble, stats: { ...emptyStats(), chunks: 2 } });
    port.done();
    await settle();
    expect(last().reply.text.text).toBe('Half an answer');
    expect(last().reply.state.value).toBe('partial');
    expect(model.busy.value).toBe(false);
    expect(model.announcement.value).toBe('Stopped.');
  });

  test('a snapshot on its way does not bring it to life again', async () => {
    await model.start();
    model.send('Hello');
    model.stop();
    await settle();
    const turn = turnOf('new1', { state: 'waiting', reply: emptyMessage() });
    worker.expectLast('chat').post({ type: 'snapshot', seq: 0, turn });
    await settle();
    expect(last().reply.state.value).toBe('failed');
  });
});

describe('asking again', () => {
  test('puts a new answer in place of the old one, under the same parent', async () => {
    worker.conversation.turns = [turnOf('t1'), turnOf('t2', { parentId: 't1' })];
    await model.start();
    model.actions.regenerate('t2');
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['t1', 'new1']);
    await settle();
    expect(worker.expectLast('chat').request).toMatchObject({
      turnId: 'new1',
      parentId: 't1',
      text: 'question t2',
    });
  });

  test('a failed first question stays on screen and can be asked again', async () => {
    worker.conversation.turns = [
      turnOf('t1', { state: 'failed', reply: emptyMessage(), trouble: { code: 'network', message: '' } }),
    ];
    await model.start();
    expect(last().userText).toBe('question t1');
    model.actions.regenerate('t1');
    await settle();
    expect(worker.expectLast('chat').request).toMatchObject({ parentId: null, text: 'question t1' });
    expect(model.turns.value).toHaveLength(1);
    expect(model.draft.value).toBe('');
  });

  test('a translation is not asked again as a chat', async () => {
    worker.conversation.turns = [turnOf('t1', { kind: 'translation', language: 'es' })];
    await model.start();
    model.actions.regenerate('t1');
    await settle();
    expect(worker.of('chat')).toHaveLength(0);
  });
});

describe('selection', () => {
  test('is translated in the page, and the popup gives way', async () => {
    worker.selection = { tabId: 7, text: 'Hola' };
    await model.start();
    await settle();
    await model.translateSelection();
    expect(worker.expectLast('translate-tab').request).toEqual({ type: 'translate-tab', tabId: 7 });
    expect(worker.calls).toEqual(['close']);
  });

  test('goes along as marked data, not as text of the question', async () => {
    worker.selection = { tabId: 7, text: 'one\ntwo' };
    await model.start();
    await settle();
    expect(model.composing.addSelection()).toBe(true);
    model.send('Too early: it is not there yet.');
    await vi.waitFor(() => expect(model.composing.isReading).toBe(false));
    expect(model.selection.value).toBeNull();
    model.send('What is it?');
    await settle();
    const context = [{ kind: 'selection', title: 'one two', text: 'one\ntwo' }];
    expect(worker.expectLast('chat').request).toMatchObject({ text: 'What is it?', context });
    expect(last().context).toEqual(context);
    expect(model.composing.attached.isEmpty.value).toBe(true);
  });
});

test('copies the text as the model wrote it', async () => {
  worker.conversation.turns = [turnOf('t1', { reply: { ...emptyMessage(), text: '**a**' } })];
  await model.start();
  await model.actions.copy('t1');
  expect(worker.calls).toEqual(['copy **a**']);
});
