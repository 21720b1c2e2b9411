// The extension's own IndexedDB. Page scripts see the page's databases, never these, in every browser.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { StreamError } from '../engine/errors.ts';
import type { Turn } from '../protocol/contract.ts';

export interface ConversationRow {
  id: string;
  title: string;
  /** The last turn of the path that is shown; null while empty. */
  head: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface RunnelSchema extends DBSchema {
  conversations: { key: string; value: ConversationRow; indexes: { updatedAt: number } };
  turns: { key: string; value: Turn; indexes: { conversationId: string; state: string } };
  /** One row: the conversation on screen. */
  meta: { key: 'current'; value: string };
}

export type Database = IDBPDatabase<RunnelSchema>;

/** @throws StreamError `storage` when the browser will not open it. */
export async function openDatabase(): Promise<Database> {
  try {
    return await openDB<RunnelSchema>('runnel', 1, {
      upgrade(database) {
        database.createObjectStore('conversations', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
        const turns = database.createObjectStore('turns', { keyPath: 'id' });
        turns.createIndex('conversationId', 'conversationId');
        turns.createIndex('state', 'state');
        database.createObjectStore('meta');
      },
    });
  } catch (error) {
    throw asStorageError(error);
  }
}

export function asStorageError(error: unknown): StreamError {
  return new StreamError('storage', error instanceof Error ? error.message : String(error), { cause: error });
}
