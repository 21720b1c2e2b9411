// A text that was sent is on screen, in the history or back in the box.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChatModel } from '../../lib/chat/model.ts';
import { BUSY } from '../../lib/engine/errors.ts';
import { ScriptedWorker, settle, turnOf } from './chat-worker.ts';

let worker: ScriptedWorker;
let model: ChatModel;
beforeEach(() => {
  worker = new ScriptedWorker();
  model = worker.createModel();
});

/** The next view of the same browser, opened after the first one is gone. */
async function openAgain(): Promise<ChatModel> {
  const next = worker.createModel({ newId: () => 'other' });
  await next.start();
  await settle();
  return next;
}

async function send(text = 'Hello'): Promise<void> {
  await model.start();
  model.send(text);
  await settle();
}

describe('a view that closes in the instant of sending', () => {
  test('its text comes back where the worker never got it', async () => {
    await send();
    const next = await openAgain();
    const asked = worker.expectLast('attach');
    expect(asked.request).toMatchObject({ turnId: 'new1' });
    asked.channel.post({ type: 'error', trouble: { code: 'not-found', message: '' } });
    await settle();
    expect(next.draft.value).toBe('Hello');
    expect(next.note.value).toMatch(/not sent/);
    expect(worker.outbox).toBe('[]');
  });

  test('nothing comes back where the worker has it', async () => {
    await send();
    const next = await openAgain();
    worker.expectLast('attach').post({ type: 'snapshot', seq: 0, turn: turnOf('new1') });
    await settle();
    expect(next.draft.value).toBe('');
    expect(worker.outbox).toBe('[]');
    expect(worker.expectLast('attach').left).toBe(true);
  });

  test('a text that the worker has taken is not kept', async () => {
    await send();
    worker.expectLast('chat').post({ type: 'snapshot', seq: 0, turn: turnOf('new1') });
    await settle();
    expect(worker.outbox).toBe('[]');
  });

  test('while the conversation is not known yet: the text comes back as well', async () => {
    worker.isUnreachable = true;
    void model.start();
    model.send('Too early');
    expect(worker.outbox).toContain('Too early');
  });

  test('where nothing can be asked the text stays where it is', async () => {
    await send();
    const next = await openAgain();
    worker.expectLast('attach').die();
    await settle();
    expect(next.draft.value).toBe('');
    expect(worker.outbox).toContain('Hello');
  });

  test('what stands there damaged is passed over', async () => {
    for (const odd of ['{', '7', '[1, null, {"turnId": 3}]']) {
      worker.outbox = odd;
      const next = worker.createModel();
      await next.start();
      await settle();
      expect(next.draft.value).toBe('');
    }
  });
});

describe('two windows in one conversation', () => {
  test('the second gets its text back, with the reason', async () => {
    await send('Mine');
    worker.notify({ type: 'turn-started', conversationId: 'c1', turnId: 'theirs', isAside: false });
    worker
      .expectLast('chat')
      .channel.post({ type: 'error', trouble: { code: 'bad-request', message: BUSY } });
    await settle();
    worker.expectLast('attach').post({
      type: 'snapshot',
      seq: 0,
      turn: turnOf('theirs', { state: 'streaming' }),
    });
    await settle();
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['theirs']);
    expect(model.draft.value).toBe('Mine');
    expect(model.note.value).toMatch(/Another window/);
    expect(worker.outbox).toBe('[]');
  });

  test('what was written meanwhile is kept behind it', async () => {
    await send('Mine');
    model.draft.value = 'Next';
    worker
      .expectLast('chat')
      .channel.post({ type: 'error', trouble: { code: 'bad-request', message: BUSY } });
    await settle();
    expect(model.draft.value).toBe('Mine\n\nNext');
  });
});

describe('a history that is not what it was', () => {
  test('cleared: says so, and goes on empty', async () => {
    worker.conversation.turns = [turnOf('t1')];
    await model.start();
    worker.conversation = { ...worker.conversation, turns: [] };
    worker.notify({ type: 'storage-changed' });
    await settle();
    expect(model.turns.value).toEqual([]);
    expect(model.note.value).toMatch(/history is gone/);
  });

  test('that cannot be read leaves on screen what is there', async () => {
    worker.conversation.turns = [turnOf('t1')];
    await model.start();
    worker.conversation = { ...worker.conversation, turns: [], unsaved: 'It is full.' };
    worker.notify({ type: 'storage-changed' });
    await settle();
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['t1']);
    expect(model.unsaved.value).toBe('It is full.');
    worker.conversation = {
      ...worker.conversation,
      turns: [turnOf('t2', { parentId: 't1' })],
      unsaved: 'It is full.',
    };
    worker.notify({ type: 'storage-changed' });
    await settle();
    expect(model.turns.value.map((turn) => turn.id)).toEqual(['t1', 't2']);
  });
});
