// API keys, by the origin they belong to: another origin never gets a key. A database of its own, so that no export or repair of the
// history touches it. Plain text on disk: what protects it is that no page can open it (see SECURITY.md).
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { asStorageError } from './database.ts';

interface VaultSchema extends DBSchema {
  keys: { key: string; value: string };
}

export interface Vault {
  put(origin: string, key: string): Promise<void>;
  remove(origin: string): Promise<void>;
  has(origin: string): Promise<boolean>;
  /** For the worker's requests only; nothing that answers a view may call this. */
  find(origin: string): Promise<string | undefined>;
}

export function createVault(): Vault {
  let opened: Promise<IDBPDatabase<VaultSchema>> | undefined;
  async function run<T>(work: (database: IDBPDatabase<VaultSchema>) => Promise<T>): Promise<T> {
    opened ??= openDB<VaultSchema>('runnel-vault', 1, {
      upgrade: (database) => void database.createObjectStore('keys'),
    });
    try {
      return await work(await opened);
    } catch (error) {
      opened = undefined;
      throw asStorageError(error);
    }
  }
  return {
    put: (origin, key) => run(async (db) => void (await db.put('keys', key, origin))),
    remove: (origin) => run((db) => db.delete('keys', origin)),
    has: (origin) => run(async (db) => (await db.count('keys', origin)) > 0),
    find: (origin) => run((db) => db.get('keys', origin)),
  };
}
