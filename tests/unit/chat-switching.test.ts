// Between pressing "New chat", or choosing another conversation, and its arrival: what is typed and sent belongs to the one that comes.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { TurnImage } from '../../lib/protocol/attachments.ts';
import type { ConversationView, Turn } from '../../lib/protocol/contract.ts';
import { ScriptedWorker, settle, turnOf } from './chat-worker.ts';

let worker: ScriptedWorker;
let model: ChatModel;

const IMAGE: TurnImage = { name: 'a', url: 'data:image/png;base64,AAAA', width: 1, height: 1 };
const view = (id: string, turns: Turn[] = []): ConversationView => ({ id, title: '', turns, unsaved: null });
const draftOf = (id: string) => JSON.parse(worker.kept.get(id) ?? 'null')?.text ?? null;
const questions = () => worker.of('chat').map(({ request }) => request);

async function arrive(
  type: 'new-conversation' | 'open-conversation' | 'conversation',
  value: ConversationView,
) {
  await settle();
  worker.expectLast(type).channel.post({ type: 'done', value });
  await settle();
}

async function fail(type: 'new-conversation' | 'temporary-conversation'): Promise<void> {
  await settle();
  const trouble = { code: 'storage', message: 'The disk is full.' } as const;
  worker.expectLast(type).channel.post({ type: 'error', trouble });
  await settle();
}

async function startIn(conversation: ConversationView): Promise<void> {
  worker.conversation = conversation;
  await model.start();
  await settle();
}

beforeEach(async () => {
  worker = new ScriptedWorker();
  worker.isSlow = true;
  model = worker.createModel();
  await startIn(view('c1', [turnOf('t1')]));
});

describe('what is typed before the new conversation is there', () => {
  test('is the draft of the new one; what was in the box before stays with the old one', async () => {
    model.draft.value = 'For the old one';
    void model.newChat();
    expect(model.draft.value).toBe('');
    model.draft.value = 'For the new one';
    expect(draftOf('c1')).toBe('For the old one');
    await arrive('new-conversation', view('c2'));
    expect(model.draft.value).toBe('For the new one');
    expect(draftOf('c1')).toBe('For the old one');
    expect(draftOf('c2')).toBe('For the new one');
  });

  test('comes behind what was written in a chosen one', async () => {
    worker.kept.set('c3', JSON.stringify({ text: 'Begun' }));
    void model.switching.open('c3');
    model.draft.value = 'and more';
    await arrive('open-conversation', view('c3'));
    expect(model.draft.value).toBe('Begun\nand more');
    expect(draftOf('c1')).toBeNull();
  });

  test('holds for instructions and for what goes along', async () => {
    model.composing.drafting.setSystem('Old rules.');
    void model.newChat();
    expect(model.composing.drafting.system.value).toBe('');
    model.composing.drafting.setSystem('New rules.');
    model.composing.attached.images.value = [IMAGE];
    model.composing.attached.keep();
    await arrive('new-conversation', view('c2'));
    expect(model.composing.attached.images.value).toEqual([IMAGE]);
    expect(model.composing.drafting.system.value).toBe('New rules.');
    model.send('By which rules?');
    await settle();
    expect(questions()).toMatchObject([
      { conversationId: 'c2', text: 'By which rules?', system: 'New rules.', images: [IMAGE] },
    ]);
    worker
      .expectLast('chat')
      .post({ type: 'snapshot', turn: turnOf('new1', { conversationId: 'c2' }), seq: 0 });
    void model.switching.open('c1');
    await arrive('open-conversation', view('c1', [turnOf('t1')]));
    expect(model.composing.drafting.system.value).toBe('Old rules.');
    expect(model.composing.attached.images.value).toEqual([]);
  });

  test('stays with what was there, where nothing comes', async () => {
    model.draft.value = 'Half a thought';
    model.composing.attached.images.value = [IMAGE];
    void model.newChat();
    expect(model.composing.attached.images.value).toEqual([]);
    model.draft.value = 'more of it';
    await fail('new-conversation');
    expect(model.trouble.value?.code).toBe('storage');
    expect(model.draft.value).toBe('Half a thought\nmore of it');
    expect(draftOf('c1')).toBe('Half a thought\nmore of it');
    expect(model.composing.attached.images.value).toEqual([IMAGE]);
  });

  test('stays in a temporary conversation, which keeps nothing', async () => {
    await startIn(view('temporary-1', [turnOf('t2')]));
    model.draft.value = 'Between us';
    void model.newChat();
    await fail('new-conversation');
    expect(model.draft.value).toBe('Between us');
    expect(worker.kept.get('temporary-1')).toBeUndefined();
  });

  test('waits for the last that was chosen', async () => {
    void model.switching.open('c3');
    model.draft.value = 'Where to?';
    void model.switching.open('c4');
    await settle();
    const [third, fourth] = worker.of('open-conversation');
    third?.channel.post({ type: 'done', value: view('c3') });
    await settle();
    expect(model.draft.value).toBe('Where to?');
    fourth?.channel.post({ type: 'done', value: view('c4') });
    await settle();
    expect(draftOf('c3')).toBeNull();
    expect(draftOf('c4')).toBe('Where to?');
  });
});

describe('a question that is sent before the new conversation is there', () => {
  test('waits for it, and is asked there once', async () => {
    model.draft.value = 'For the old one';
    void model.newChat();
    model.draft.value = 'Where am I?';
    model.send('Where am I?');
    model.send('Where am I?');
    expect(model.draft.value).toBe('');
    expect(model.busy.value).toBe(true);
    expect(questions()).toEqual([]);
    await arrive('new-conversation', view('c2'));
    expect(questions()).toMatchObject([{ conversationId: 'c2', parentId: null, text: 'Where am I?' }]);
    expect(draftOf('c1')).toBe('For the old one');
  });

  test('waits though an answer is being written in the old one', async () => {
    model.send('Tell me something long');
    void model.newChat();
    model.send('Something else');
    await arrive('new-conversation', view('c2'));
    expect(questions().at(-1)).toMatchObject({ conversationId: 'c2', text: 'Something else' });
  });

  test('waits also where the first conversation is not known yet', async () => {
    const fresh = worker.createModel();
    const started = fresh.start();
    void fresh.newChat();
    fresh.send('First of all?');
    await started;
    await settle();
    expect(questions()).toEqual([]);
    await arrive('new-conversation', view('c2'));
    expect(questions()).toMatchObject([{ conversationId: 'c2', text: 'First of all?' }]);
  });

  test('does not wait for one that was chosen before and is not wanted any more', async () => {
    void model.switching.open('c3');
    void model.switching.open('c4');
    model.send('Where am I?');
    await arrive('open-conversation', view('c4'));
    expect(questions()).toMatchObject([{ conversationId: 'c4', text: 'Where am I?' }]);
  });

  test('comes back to the box where nothing comes, and nobody is asked', async () => {
    model.draft.value = 'Half a thought';
    void model.newChat();
    model.send('Where am I?');
    await fail('new-conversation');
    expect(questions()).toEqual([]);
    expect(model.draft.value).toBe('Where am I?\n\nHalf a thought');
  });

  test('comes back to the box where an answer is being written in the chosen one', async () => {
    void model.switching.open('c3');
    model.send('Where am I?');
    await arrive('open-conversation', view('c3', [turnOf('t3', { state: 'streaming' })]));
    expect(questions()).toEqual([]);
    expect(model.draft.value).toBe('Where am I?');
  });
});

describe('what was sent in the conversation that is left, before the worker has said that it has it', () => {
  test('does not come into the box of the new one, and is not lost', async () => {
    model.send('Is it there?');
    await settle();
    void model.newChat();
    await arrive('new-conversation', view('c2'));
    expect(model.turns.value).toEqual([]);
    expect(model.draft.value).toBe('');
    expect(model.note.value).toBe('');
    // The next view asks the worker for it.
    expect(worker.outbox).toContain('Is it there?');
  });
});

describe('word of the old conversation, while the new one is on its way', () => {
  test('does not keep the new one from coming', async () => {
    void model.newChat();
    worker.notify({ type: 'conversation-changed', conversationId: 'c1' });
    await settle();
    expect(worker.of('conversation')).toHaveLength(2);
    expect(model.switching.shown.value).toBe('c1');
    await arrive('new-conversation', view('c2'));
    expect(model.switching.shown.value).toBe('c2');
  });
});
