import { expect, test } from 'vitest';
import { MAX_MESSAGE } from '../../lib/chat/draft.ts';
import { findRequest } from '../../lib/protocol/requests.ts';
import { ScriptedWorker, settle } from './chat-worker.ts';

test('a message that the worker would refuse stays in the box, with a word why', async () => {
  const worker = new ScriptedWorker();
  const model = worker.createModel();
  await model.start();
  const text = 'x'.repeat(MAX_MESSAGE + 1);
  model.draft.value = text;
  model.send(text);
  await settle();
  expect(worker.of('chat')).toEqual([]);
  expect(model.draft.value).toBe(text);
  expect(model.note.value).toMatch(/too long/);
});

test('the longest message is the longest that the worker takes', () => {
  const asking = (length: number) =>
    findRequest({ type: 'chat', turnId: 't', conversationId: 'c', parentId: null, text: 'x'.repeat(length) });
  expect(asking(MAX_MESSAGE)).toBeDefined();
  expect(asking(MAX_MESSAGE + 1)).toBeUndefined();
});
