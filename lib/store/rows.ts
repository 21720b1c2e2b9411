// The rows of the history as the ledger needs them, on disk.
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Connection } from './database.ts';
import { type ConversationRow, RUNNING_STATES, type TurnRow } from './row-schema.ts';

/** Rows are `object` here: what is read may be damaged. */
export interface HistorySchema extends DBSchema {
  conversations: { key: string; value: object; indexes: { updatedAt: number } };
  turns: {
    key: string;
    value: object;
    indexes: { conversationId: string; state: string; parentId: string };
  };
  /** One row: the conversation on screen. */
  meta: { key: 'current'; value: string };
}

/** Written together or not at all. */
export interface Change {
  turns?: readonly TurnRow[];
  /** Ids of turns that are no more. */
  removedTurns?: readonly string[];
  conversation?: ConversationRow | undefined;
  /** Id of the conversation on screen. */
  current?: string | undefined;
}

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
  /** `isFirst`: the write that must be on disk before a request may be sent. */
  write(change: Change, isFirst?: boolean): Promise<void>;
}

export function createDiskRows({ run }: Connection<HistorySchema>): Rows {
  return {
    turn: (id) => run((db) => db.get('turns', id)),
    turnsOf: (conversationId) => run((db) => db.getAllFromIndex('turns', 'conversationId', conversationId)),
    running: () =>
      run(async (db) =>
        (
          await Promise.all(RUNNING_STATES.map((state) => db.getAllFromIndex('turns', 'state', state)))
        ).flat(),
      ),
    conversation: (id) => run((db) => db.get('conversations', id)),
    latest: () =>
      run(
        async (db) =>
          (await db.transaction('conversations').store.index('updatedAt').openCursor(null, 'prev'))?.value,
      ),
    current: () => run((db) => db.get('meta', 'current')),
    write: (change, isFirst = false) => run((db) => write(db, change, isFirst)),
  };
}

async function write(db: IDBPDatabase<HistorySchema>, change: Change, isFirst: boolean): Promise<void> {
  const transaction = db.transaction(
    ['turns', 'conversations', 'meta'],
    'readwrite',
    isFirst ? { durability: 'strict' } : {},
  );
  const turns = transaction.objectStore('turns');
  const requests: Promise<unknown>[] = (change.turns ?? []).map((turn) => turns.put(turn));
  for (const id of change.removedTurns ?? []) requests.push(turns.delete(id));
  if (change.conversation) requests.push(transaction.objectStore('conversations').put(change.conversation));
  if (change.current !== undefined)
    requests.push(transaction.objectStore('meta').put(change.current, 'current'));
  await Promise.all([...requests, transaction.done]);
}
