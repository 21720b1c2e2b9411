// What was being written in a conversation is forgotten with it, when the time for Undo is over.
import { expect, it } from 'vitest';
import { forgetDrafts } from '../../lib/chat/forget-drafts.ts';
import type { Notice } from '../../lib/protocol/contract.ts';
import { settle } from './chat-worker.ts';

function createView(kept: Map<string, string>) {
  let now = 1_000_000;
  let listener: (notice: Notice) => void = () => {};
  let timers: { at: number; done: () => void }[] = [];
  const view = () =>
    forgetDrafts({
      drafts: {
        read: (id) => kept.get(id) ?? null,
        write: (id, text) => void (text === null ? kept.delete(id) : kept.set(id, text)),
        onChange: () => () => {},
      },
      listen: (hear) => {
        listener = hear;
        return () => {};
      },
      now: () => now,
      wait: (ms) => new Promise((done) => void timers.push({ at: now + ms, done })),
    });
  view();
  return {
    hear: (notice: Notice) => listener(notice),
    /** The view closes: its timers go with it. */
    reopen() {
      timers = [];
      view();
    },
    async pass(ms: number) {
      now += ms;
      for (const timer of timers) if (timer.at <= now) timer.done();
      await settle();
    },
    later(ms: number) {
      now += ms;
    },
  };
}

const written = () =>
  new Map([
    ['c1', 'draft'],
    ['c1+', 'attached'],
    ['c2', 'other'],
  ]);
const entry = { id: 'c1', title: '', createdAt: 0, updatedAt: 0, isPinned: false };

it('drafts go with their conversation, not before the time for Undo is over', async () => {
  const kept = written();
  const { hear, pass } = createView(kept);
  hear({ type: 'conversation-removed', conversationId: 'c1' });
  await pass(10_000);
  expect(kept.get('c1')).toBe('draft');
  await pass(3000);
  expect([...kept]).toEqual([['c2', 'other']]);
});

it('a conversation that is back keeps its draft', async () => {
  const kept = written();
  const { hear, pass } = createView(kept);
  hear({ type: 'conversation-removed', conversationId: 'c1' });
  await pass(5000);
  hear({ type: 'conversation-listed', entry });
  await pass(60_000);
  expect(kept).toEqual(written());
});

it('the next view forgets where this one is closed', async () => {
  const kept = written();
  const { hear, reopen, later } = createView(kept);
  hear({ type: 'conversation-removed', conversationId: 'c1' });
  later(2000);
  reopen();
  expect(kept.get('c1')).toBe('draft');
  later(3_600_000);
  reopen();
  expect([...kept]).toEqual([['c2', 'other']]);
});

it('what is not to be read is nothing to forget', () => {
  const kept = written().set('deleted', '{"c1": "yes"}').set('c1', 'draft');
  createView(kept).reopen();
  expect(kept.get('c1')).toBe('draft');
  expect(() => createView(written().set('deleted', 'x'))).not.toThrow();
});
