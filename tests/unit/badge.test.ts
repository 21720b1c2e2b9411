import { describe, expect, it } from 'vitest';
import { Badge } from '../../lib/jobs/badge.ts';
import type { Turn } from '../../lib/protocol/contract.ts';
import { turnOf } from './chat-worker.ts';

/** A worker's badge; `stored` is what the session's storage holds, and outlives the worker. */
function createBadge(stored: { unseen: unknown }) {
  const shown: string[] = [];
  const due: (() => void)[] = [];
  const state = { isUnwatched: false, isFull: false };
  const badge = new Badge({
    read: async () => stored.unseen,
    write: async (unseen) => {
      if (state.isFull) throw new Error('quota');
      stored.unseen = structuredClone(unseen);
    },
    show: ({ text }) => shown.push(text),
    isUnwatched: () => state.isUnwatched,
    after: (_, callback) => void due.push(callback),
  });
  return {
    badge,
    shown,
    state,
    due,
    /** The text after everything has settled. */
    text: async () => {
      for (const callback of due.splice(0)) callback();
      for (let i = 0; i < 5; i++) await Promise.resolve();
      return shown.at(-1);
    },
  };
}
const ended = (conversationId: string, state: Turn['state'] = 'done') =>
  turnOf('t', { conversationId, state });

describe('the badge', () => {
  it('shows that an answer is written while nobody looks, and nothing where somebody does', async () => {
    const { badge, state, text } = createBadge({ unseen: undefined });
    badge.update();
    expect(await text()).toBe('');
    state.isUnwatched = true;
    badge.update();
    expect(await text()).toBe('…');
  });

  it('does not flicker between a message and its first viewer', async () => {
    const { badge, state, shown, due, text } = createBadge({ unseen: undefined });
    state.isUnwatched = true;
    badge.update();
    badge.update();
    expect(due).toHaveLength(1);
    state.isUnwatched = false;
    expect(await text()).toBe('');
    expect(shown).toEqual(['']);
  });

  it('counts the conversations whose end nobody saw, and says when one was not whole', async () => {
    const { badge, text } = createBadge({ unseen: undefined });
    await badge.ended(ended('c1'));
    expect(await text()).toBe('1');
    await badge.ended(ended('c1'));
    await badge.ended(ended('c2'));
    expect(await text()).toBe('2');
    expect(await badge.findUnseen()).toBe('c2');
    await badge.ended(ended('c3', 'partial'));
    expect(await text()).toBe('!');
    await badge.seen('c3');
    await badge.seen('c2');
    expect(await text()).toBe('1');
    await badge.seen('c1');
    expect(await text()).toBe('');
    expect(await badge.findUnseen()).toBeUndefined();
  });

  it('is right again in the next worker, whatever stands in the storage', async () => {
    const stored = { unseen: undefined as unknown };
    await createBadge(stored).badge.ended(ended('c1'));
    const next = createBadge(stored);
    next.badge.update();
    expect(await next.text()).toBe('1');
    for (const odd of [7, [null, 3, { conversationId: 5 }], 'x']) {
      const other = createBadge({ unseen: odd });
      other.badge.update();
      expect(await other.text()).toBe('');
    }
  });

  it('is shown where the storage is full', async () => {
    const { badge, state, text } = createBadge({ unseen: undefined });
    state.isFull = true;
    await badge.ended(ended('c1'));
    expect(await text()).toBe('1');
  });
});
