// API keys, by the origin they belong to: another origin never gets a key. A database of its own, so that no export or repair of the
// history touches it. Plain text on disk: what protects it is that no page can open it (see SECURITY.md).
import type { DBSchema } from 'idb';
import { createConnection } from './database.ts';
import type { Migration } from './migrations.ts';

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
  const { run } = createConnection<VaultSchema>({ name: 'runnel-vault', migrations: [createKeys] });
  return {
    put: (origin, key) => run(async (db) => void (await db.put('keys', key, origin))),
    remove: (origin) => run((db) => db.delete('keys', origin)),
    has: (origin) => run(async (db) => (await db.count('keys', origin)) > 0),
    find: (origin) => run((db) => db.get('keys', origin)),
  };
}

const createKeys: Migration = async (database) => {
  if (!database.objectStoreNames.contains('keys')) database.createObjectStore('keys');
};
