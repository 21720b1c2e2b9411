// API keys, by the origin they belong to: another origin never gets a key. A database of its own, so that no export or repair of the
// history touches it. Plain text on disk: what protects it is that no page can open it (see SECURITY.md).
import { createConnection } from './database.ts';
import { answerOf, endOf } from './idb.ts';
import type { Migration } from './migrations.ts';

export interface Vault {
  put(origin: string, key: string): Promise<void>;
  remove(origin: string): Promise<void>;
  has(origin: string): Promise<boolean>;
  /** For the worker's requests only; nothing that answers a view may call this. */
  find(origin: string): Promise<string | undefined>;
}

export function createVault(): Vault {
  const { run } = createConnection({ name: 'runnel-vault', migrations: [createKeys] });
  const read = <T>(ask: (keys: IDBObjectStore) => IDBRequest<T>) =>
    run((db) => answerOf(ask(db.transaction('keys').objectStore('keys'))));
  const write = (ask: (keys: IDBObjectStore) => void) =>
    run((db) => {
      const writing = db.transaction('keys', 'readwrite');
      ask(writing.objectStore('keys'));
      return endOf(writing);
    });
  return {
    put: (origin, key) => write((keys) => keys.put(key, origin)),
    remove: (origin) => write((keys) => keys.delete(origin)),
    has: async (origin) => (await read((keys) => keys.count(origin))) > 0,
    find: (origin) => read<string | undefined>((keys) => keys.get(origin)),
  };
}

const createKeys: Migration = async (database) => {
  if (!database.objectStoreNames.contains('keys')) database.createObjectStore('keys');
};
