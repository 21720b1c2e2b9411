// The conversations as a list: read in pages, newest first, and taken away for good.
import type { Connection } from './database.ts';
import { answerOf, eachRow, endOf } from './idb.ts';
import { type ConversationRow, readConversation } from './row-schema.ts';

/** Where a page begins: behind this conversation. */
export interface Place {
  updatedAt: number;
  id: string;
}

/** @throws StreamError `storage`, CannotOpen from every method */
export interface Shelf {
  /** Up to `limit` conversations that are neither pinned nor to go, newest first. */
  page(after: Place | undefined, limit: number): Promise<ConversationRow[]>;
  /** All that are pinned, the one that was pinned last first. */
  pinned(): Promise<ConversationRow[]>;
  /** All that are to go, the one that was deleted last first. */
  deleted(): Promise<ConversationRow[]>;
  /** Takes conversations and all their turns away. */
  purge(ids: readonly string[]): Promise<void>;
  /** Takes everything away. */
  clear(): Promise<void>;
}

export function createShelf({ run }: Connection): Shelf {
  return {
    page: (after, limit) => run((db) => readPage(db, after, limit)),
    pinned: () =>
      run(async (db) => (await readAll(db, 'pinnedAt')).filter(({ deletedAt }) => deletedAt === undefined)),
    deleted: () => run((db) => readAll(db, 'deletedAt')),
    purge: (ids) => run((db) => purge(db, ids)),
    clear: () =>
      run((db) => {
        const stores = ['turns', 'conversations', 'meta'];
        const writing = db.transaction(stores, 'readwrite');
        for (const store of stores) writing.objectStore(store).clear();
        return endOf(writing);
      }),
  };
}

function indexOf(db: IDBDatabase, name: string): IDBIndex {
  return db.transaction('conversations').objectStore('conversations').index(name);
}

async function readPage(
  db: IDBDatabase,
  after: Place | undefined,
  limit: number,
): Promise<ConversationRow[]> {
  const found: ConversationRow[] = [];
  const range = after ? IDBKeyRange.upperBound(after.updatedAt) : null;
  await eachRow(indexOf(db, 'updatedAt').openCursor(range, 'prev'), ({ value }) => {
    const row = readConversation(value);
    const isBefore = !after || !row || row.updatedAt < after.updatedAt || row.id < after.id;
    if (row && isBefore && row.pinnedAt === undefined && row.deletedAt === undefined) found.push(row);
    return found.length < limit;
  });
  return found;
}

async function readAll(db: IDBDatabase, name: 'pinnedAt' | 'deletedAt'): Promise<ConversationRow[]> {
  const rows: unknown[] = await answerOf(indexOf(db, name).getAll());
  return rows
    .map(readConversation)
    .filter((row) => row !== undefined)
    .reverse();
}

async function purge(db: IDBDatabase, ids: readonly string[]): Promise<void> {
  const writing = db.transaction(['turns', 'conversations'], 'readwrite');
  const turns = writing.objectStore('turns');
  for (const id of ids) {
    writing.objectStore('conversations').delete(id);
    const keys = turns.index('conversationId').getAllKeys(id);
    keys.onsuccess = () => {
      for (const key of keys.result) turns.delete(key);
    };
  }
  await endOf(writing);
}
