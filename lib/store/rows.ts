// The rows of the history as the ledger needs them, on disk.
import type { Connection } from './database.ts';
import { answerOf, eachRow, endOf } from './idb.ts';
import { type ConversationRow, RUNNING_STATES, readConversation, type TurnRow } from './row-schema.ts';

/** Written together or not at all. */
export interface Change {
  turns?: readonly TurnRow[];
  /** Ids of turns that are no more. */
  removedTurns?: readonly string[];
  conversation?: ConversationRow | undefined;
  /** Id of the conversation on screen. */
  current?: string | undefined;
}

export type Patch = (row: ConversationRow) => ConversationRow;

/** What is read is `unknown`: rows may be damaged. @throws StreamError `storage`, CannotOpen from every method */
export interface Rows {
  turn(id: string): Promise<unknown>;
  turnsOf(conversationId: string): Promise<unknown[]>;
  /** Rows whose state says that somebody is answering them. */
  running(): Promise<unknown[]>;
  conversation(id: string): Promise<unknown>;
  /** The conversation that changed last. */
  latest(): Promise<unknown>;
  current(): Promise<unknown>;
  /** Puts what `change` makes of a conversation's row in its place, in one transaction; false where there is no such row. */
  patch(id: string, change: Patch): Promise<boolean>;
  /** `isFirst`: the write that must be on disk before a request may be sent. */
  write(change: Change, isFirst?: boolean): Promise<void>;
}

export function createDiskRows({ run }: Connection): Rows {
  return {
    turn: (id) => run((db) => get(db, 'turns', id)),
    turnsOf: (conversationId) =>
      run((db) => answerOf(storeOf(db, 'turns').index('conversationId').getAll(conversationId))),
    running: () =>
      run(async (db) => {
        const index = storeOf(db, 'turns').index('state');
        return (await Promise.all(RUNNING_STATES.map((state) => answerOf(index.getAll(state))))).flat();
      }),
    conversation: (id) => run((db) => get(db, 'conversations', id)),
    latest: () => run((db) => latest(db)),
    current: () => run((db) => get(db, 'meta', 'current')),
    patch: (id, change) => run((db) => patch(db, id, change)),
    write: (change, isFirst = false) => run((db) => write(db, change, isFirst)),
  };
}

function storeOf(db: IDBDatabase, name: string): IDBObjectStore {
  return db.transaction(name).objectStore(name);
}

function get(db: IDBDatabase, store: string, key: string): Promise<unknown> {
  return answerOf(storeOf(db, store).get(key));
}

async function latest(db: IDBDatabase): Promise<unknown> {
  let found: unknown;
  await eachRow(storeOf(db, 'conversations').index('updatedAt').openCursor(null, 'prev'), ({ value }) => {
    // What is to go is not shown any more.
    if (readConversation(value)?.deletedAt !== undefined) return true;
    found = value;
    return false;
  });
  return found;
}

async function patch(db: IDBDatabase, id: string, change: Patch): Promise<boolean> {
  const writing = db.transaction('conversations', 'readwrite');
  const store = writing.objectStore('conversations');
  const end = endOf(writing);
  const row = readConversation(await answerOf<unknown>(store.get(id)));
  if (row) store.put(change(row));
  await end;
  return row !== undefined;
}

async function write(db: IDBDatabase, change: Change, isFirst: boolean): Promise<void> {
  const transaction = db.transaction(
    ['turns', 'conversations', 'meta'],
    'readwrite',
    isFirst ? { durability: 'strict' } : {},
  );
  const turns = transaction.objectStore('turns');
  for (const turn of change.turns ?? []) turns.put(turn);
  for (const id of change.removedTurns ?? []) turns.delete(id);
  if (change.conversation) transaction.objectStore('conversations').put(change.conversation);
  if (change.current !== undefined) transaction.objectStore('meta').put(change.current, 'current');
  await endOf(transaction);
}
