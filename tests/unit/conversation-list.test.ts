// The list in a view: pages, what other views do, and the way back from a deletion.
import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { ConversationList } from '../../lib/chat/conversations.ts';
import { channelPair } from '../../lib/protocol/channel.ts';
import type { Notice, Request } from '../../lib/protocol/contract.ts';
import type { ConversationEntry, ConversationPage } from '../../lib/protocol/history.ts';
import { settle } from './chat-worker.ts';

const entry = (at: number, more: Partial<ConversationEntry> = {}): ConversationEntry => ({
  id: `c${at}`,
  title: `Title ${at}`,
  createdAt: at,
  updatedAt: at,
  isPinned: false,
  ...more,
});

function createList(pages: ConversationPage[]) {
  let listener: (notice: Notice) => void = () => {};
  const asked: Request[] = [];
  const heard: string[] = [];
  const answers: Partial<Record<Request['type'], unknown>> = {};
  const list = new ConversationList({
    connect: () => {
      const [view, worker] = channelPair();
      worker.onMessage((message) => {
        asked.push(message as Request);
        const { type } = message as Request;
        const value = type === 'conversations' ? pages.shift() : (answers[type] ?? true);
        worker.post(
          value === undefined
            ? { type: 'error', trouble: { code: 'storage', message: 'Held by another copy.' } }
            : { type: 'done', value },
        );
      });
      return view;
    },
    listen: (hear) => {
      listener = hear;
      return () => {};
    },
    openSearch: () => channelPair()[0],
    open: () => Promise.resolve(),
    shown: signal(null),
    announce: (words) => heard.push(words),
  });
  return {
    list,
    asked,
    heard,
    hear: (notice: Notice) => listener(notice),
    answer: (type: Request['type'], value: unknown) => {
      answers[type] = value;
    },
  };
}

const page = (entries: ConversationEntry[], more: Partial<ConversationPage> = {}): ConversationPage => ({
  pinned: [],
  entries,
  hasMore: false,
  deleted: null,
  ...more,
});
const ids = (list: ConversationList) => list.all.value.map(({ id }) => id);

it('adds pages behind what is there, each conversation once', async () => {
  const { list, asked } = createList([
    page([entry(9), entry(8)], { hasMore: true, pinned: [entry(1, { isPinned: true })] }),
    page([entry(8), entry(7)]),
  ]);
  await settle();
  await list.more();
  expect(ids(list)).toEqual(['c1', 'c9', 'c8', 'c7']);
  expect(asked.at(-1)).toEqual({ type: 'conversations', after: { updatedAt: 8, id: 'c8' } });
  await list.more();
  expect(asked).toHaveLength(2);
  list.dispose();
});

it('follows what is said, renamed, pinned and deleted anywhere', async () => {
  const { list, hear } = createList([page([entry(9), entry(5)], { hasMore: true })]);
  await settle();
  hear({ type: 'conversation-listed', entry: entry(7) });
  expect(ids(list)).toEqual(['c9', 'c7', 'c5']);
  hear({ type: 'conversation-listed', entry: entry(5, { updatedAt: 10, title: 'New' }) });
  expect(list.all.value[0]).toMatchObject({ id: 'c5', title: 'New' });
  hear({ type: 'conversation-listed', entry: entry(7, { isPinned: true }) });
  expect(ids(list)).toEqual(['c7', 'c5', 'c9']);
  // It stands behind what is loaded, and comes with its page.
  hear({ type: 'conversation-listed', entry: entry(2) });
  expect(ids(list)).toEqual(['c7', 'c5', 'c9']);
  hear({ type: 'conversation-listed', entry: entry(11, { id: 'temporary-1' }) });
  hear({ type: 'conversation-removed', conversationId: 'c9' });
  expect(ids(list)).toEqual(['c7', 'c5']);
  list.dispose();
});

it('offers the way back from a deletion, also from one of another view', async () => {
  const { list, asked, hear } = createList([page([entry(9)], { deleted: entry(8) })]);
  await settle();
  expect(list.undo.value?.id).toBe('c8');
  await list.delete('c9');
  expect(list.undo.value?.id).toBe('c9');
  await list.restore();
  expect(asked.at(-1)).toEqual({ type: 'restore-conversation', id: 'c9' });
  hear({ type: 'conversation-listed', entry: entry(9) });
  expect(ids(list)).toEqual(['c9']);
  expect(list.undo.value).toBeNull();
  list.dispose();
});

it('says why where it cannot be read', async () => {
  const { list } = createList([]);
  await settle();
  expect(list.trouble.value?.message).toBe('Held by another copy.');
  expect(list.loaded.value).toBe(true);
  list.dispose();
});

it('says in plain words that a deletion cannot be taken back any more', async () => {
  const { list, heard, answer } = createList([page([entry(9)])]);
  await settle();
  await list.delete('c9');
  answer('restore-conversation', false);
  await list.restore();
  expect(list.trouble.value?.message).toBe('It was too late to take the deletion back.');
  expect(heard).toEqual([
    'Deleted. Undo is offered for 10 seconds.',
    'It was too late to take the deletion back.',
  ]);
  list.dispose();
});
