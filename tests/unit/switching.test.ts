// A message that was found is shown on whichever branch of its conversation it stands.
import { expect, it } from 'vitest';
import type { ConversationView, Request } from '../../lib/protocol/contract.ts';
import { ScriptedWorker, settle, turnOf } from './chat-worker.ts';

async function opened() {
  const worker = new ScriptedWorker();
  worker.conversation = view('c1', ['t1']);
  const model = worker.createModel();
  await model.start();
  return { worker, model };
}

const view = (id: string, turns: string[]): ConversationView => ({
  id,
  title: '',
  turns: turns.map((turnId) => turnOf(turnId, { conversationId: id })),
  unsaved: null,
});

/** Answers the last request of a kind. */
async function answer(worker: ScriptedWorker, type: Request['type'], value: unknown): Promise<void> {
  worker.expectLast(type).channel.post({ type: 'done', value });
  await settle();
}

it('selects the branch of the message, and goes there', async () => {
  const { worker, model } = await opened();
  const going = model.switching.open('c2', 'old');
  await settle();
  await answer(worker, 'open-conversation', view('c2', ['new']));
  expect(worker.expectLast('select-turn').request).toMatchObject({ turnId: 'old' });
  expect(model.switching.goTo.value).toBeNull();
  worker.conversation = view('c2', ['old']);
  await answer(worker, 'select-turn', null);
  await going;
  expect(model.turns.value.map(({ id }) => id)).toEqual(['old']);
  expect(model.switching.goTo.value).toBe('old');
  model.dispose();
});

it('selects nothing where the message is on screen, or no message is named', async () => {
  const { worker, model } = await opened();
  await model.switching.open('c1', 't1');
  expect(model.switching.goTo.value).toBe('t1');
  await model.switching.open('c1');
  expect(worker.of('select-turn')).toHaveLength(0);
  model.dispose();
});

it('shows the conversation as it is where the branch cannot be selected', async () => {
  const { worker, model } = await opened();
  const going = model.switching.open('c1', 'gone');
  await settle();
  worker.expectLast('select-turn').channel.post({
    type: 'error',
    trouble: { code: 'not-found', message: 'This message is no longer stored.' },
  });
  await going;
  expect(model.turns.value.map(({ id }) => id)).toEqual(['t1']);
  expect(model.trouble.value).toBeNull();
  model.dispose();
});
