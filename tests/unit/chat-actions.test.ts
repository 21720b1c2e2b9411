// Editing, versions and deleting in the view: what is asked of the worker, and what stays when nothing may be asked.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatModel } from '../../lib/chat/model.ts';
import { BUSY } from '../../lib/engine/errors.ts';
import { ScriptedWorker, settle, turnOf } from './chat-worker.ts';

let worker: ScriptedWorker;
let model: ChatModel;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  worker = new ScriptedWorker();
  model = worker.createModel();
  worker.conversation.title = 'Title';
  worker.conversation.turns = [
    turnOf('t1'),
    turnOf('t2', { parentId: 't1' }),
    turnOf('t3', { parentId: 't2' }),
  ];
  worker.conversation.versions = { t2: ['t0', 't2', 't9'] };
  await model.start();
});
afterEach(() => {
  model.dispose();
  vi.useRealTimers();
});

const onScreen = () => model.turns.value.map(({ id }) => id).join(' ');
const asked = (type: 'chat' | 'select-turn' | 'delete-turn') => worker.of(type).map((port) => port.request);
const editing = () => model.actions.editing;

describe('editing', () => {
  it('asks beside the old question, which stays a version', async () => {
    editing().begin('t2');
    expect(editing().current.value?.text.value).toBe('question t2');
    const edit = editing().current.value;
    if (edit) edit.text.value = 'Anew';
    editing().send();
    await settle();
    expect(asked('chat')).toEqual([
      { type: 'chat', turnId: 'new1', conversationId: 'c1', parentId: 't1', text: 'Anew' },
    ]);
    expect(onScreen()).toBe('t1 new1');
    expect(editing().current.value).toBeNull();
    expect(model.versions.find('new1')).toEqual({ number: 4, count: 4, previous: 't9', next: undefined });
  });

  it('keeps what was written when it is left, and forgets it when it is cancelled', () => {
    const write = (text: string) => {
      editing().begin('t2');
      const edit = editing().current.value;
      if (edit) edit.text.value = text;
    };
    write('Half a thought');
    editing().leave();
    editing().begin('t2');
    expect(editing().current.value?.text.value).toBe('Half a thought');
    editing().cancel();
    editing().begin('t2');
    expect(editing().current.value?.text.value).toBe('question t2');
    expect(asked('chat')).toEqual([]);
  });

  it('stays open with its text where nothing may be asked', async () => {
    model.send('Busy now');
    await settle();
    editing().begin('t2');
    editing().send();
    expect(editing().current.value?.turnId).toBe('t2');
    expect(model.note.value).toBe('An answer is being written. Stop it or wait for its end.');
    expect(asked('chat')).toHaveLength(1);
  });

  it('is refused for what is empty or too long, with words', () => {
    editing().begin('t2');
    const edit = editing().current.value;
    if (edit) edit.text.value = 'x'.repeat(400_001);
    editing().send();
    expect(editing().current.value?.turnId).toBe('t2');
    expect(model.note.value).toContain('too long');
    if (edit) edit.text.value = '  ';
    editing().send();
    expect(editing().current.value?.turnId).toBe('t2');
  });
});

describe('versions', () => {
  it('are stepped through by the worker, which tells every view', async () => {
    expect(model.versions.find('t2')).toEqual({ number: 2, count: 3, previous: 't0', next: 't9' });
    expect(model.versions.find('t1')).toBeUndefined();
    model.actions.step('t2', 'next');
    expect(asked('select-turn')).toEqual([]);
    await settle();
    expect(asked('select-turn')).toEqual([{ type: 'select-turn', turnId: 't9' }]);
    expect(model.actions.stepped.value).toEqual({ turnId: 't9', direction: 'next' });
    worker.conversation.turns = [turnOf('t1'), turnOf('t9', { parentId: 't1' })];
    worker.notify({ type: 'conversation-changed', conversationId: 'c1' });
    await settle();
    expect(onScreen()).toBe('t1 t9');
  });

  it('say what kept them from changing', async () => {
    model.actions.step('t2', 'previous');
    await settle();
    worker
      .expectLast('select-turn')
      .channel.post({ type: 'error', trouble: { code: 'bad-request', message: BUSY } });
    await settle();
    expect(model.note.value).toContain('is being written');
    expect(model.trouble.value).toBeNull();
  });
});

describe('deleting', () => {
  it('asks the worker when the time for Undo is over, and not before', async () => {
    model.actions.remove('t2');
    expect(model.actions.removal.pending.value).toBe('t2');
    await vi.advanceTimersByTimeAsync(7000);
    model.actions.removal.hold();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked('delete-turn')).toEqual([]);
    expect(onScreen()).toBe('t1 t2 t3');
    model.actions.removal.run();
    await vi.advanceTimersByTimeAsync(8001);
    expect(asked('delete-turn')).toEqual([{ type: 'delete-turn', turnId: 't2' }]);
    expect(onScreen()).toBe('t1 t3');
  });

  it('is taken back by Undo', async () => {
    model.actions.remove('t2');
    model.actions.removal.undo();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked('delete-turn')).toEqual([]);
    expect(model.actions.removal.pending.value).toBeNull();
  });

  it('of the last message is done before the next question, which follows what is left', async () => {
    model.actions.remove('t3');
    model.send('Next');
    await settle();
    expect(worker.ports.map(({ request }) => request.type).slice(-2)).toEqual(['delete-turn', 'chat']);
    expect(asked('chat')).toMatchObject([{ parentId: 't2', text: 'Next' }]);
  });

  it('lets the message behind it be asked again where it is by then', async () => {
    model.actions.remove('t2');
    model.actions.regenerate('t3');
    await settle();
    expect(asked('chat')).toMatchObject([{ parentId: 't1', text: 'question t3' }]);
  });

  it('of the only message is not taken for a history that was cleared', async () => {
    worker.conversation.turns = [turnOf('t1')];
    worker.notify({ type: 'conversation-changed', conversationId: 'c1' });
    await settle();
    worker.conversation.turns = [];
    worker.notify({ type: 'conversation-changed', conversationId: 'c1' });
    await settle();
    expect(onScreen()).toBe('');
    expect(model.note.value).toBe('');
  });

  it('that failed brings the message back and says why', async () => {
    model.actions.remove('t2');
    model.actions.removal.commit();
    await settle();
    expect(onScreen()).toBe('t1 t3');
    worker
      .expectLast('delete-turn')
      .channel.post({ type: 'error', trouble: { code: 'storage', message: 'Full.' } });
    await settle();
    expect(onScreen()).toBe('t1 t2 t3');
    expect(model.trouble.value).toMatchObject({ code: 'storage' });
  });
});
