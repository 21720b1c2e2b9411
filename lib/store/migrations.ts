// The history's database, step by step: entry n leads from version n to n + 1. A step that has shipped never changes. The browser runs
// all that are missing in one transaction, so one that is interrupted leaves the version before; each also finds its own work done.
import { eachRow } from './idb.ts';

/** May await requests of `upgrade` and nothing else: the browser commits as soon as none is open. */
export type Migration = (database: IDBDatabase, upgrade: IDBTransaction) => Promise<void>;

export const HISTORY_MIGRATIONS: readonly Migration[] = [createStores, recordAttempts, indexShelf];

/** Runs the steps from `oldVersion` on, all or none: where one fails, the whole upgrade is undone and the opening fails. Never rejects. */
export async function migrate(
  database: IDBDatabase,
  oldVersion: number,
  upgrade: IDBTransaction,
  migrations: readonly Migration[],
): Promise<void> {
  try {
    for (const step of migrations.slice(oldVersion)) await step(database, upgrade);
  } catch {
    // Without this the browser would commit what was done up to here.
    try {
      upgrade.abort();
    } catch {
      // It was undone already; that is why the step failed.
    }
  }
}

async function createStores(database: IDBDatabase, upgrade: IDBTransaction): Promise<void> {
  const store = (name: string, options?: IDBObjectStoreParameters) =>
    database.objectStoreNames.contains(name)
      ? upgrade.objectStore(name)
      : database.createObjectStore(name, options);
  addIndex(store('conversations', { keyPath: 'id' }), 'updatedAt');
  const turns = store('turns', { keyPath: 'id' });
  addIndex(turns, 'conversationId');
  addIndex(turns, 'state');
  store('meta');
}

/** Turns tell of their requests, of the server and of the worker that wrote them; what was stored before knows nothing of these. */
async function recordAttempts(_: IDBDatabase, upgrade: IDBTransaction): Promise<void> {
  const turns = upgrade.objectStore('turns');
  addIndex(turns, 'parentId');
  await eachRow(turns.openCursor(), (cursor) => {
    const row: unknown = cursor.value;
    if (typeof row === 'object' && row !== null && !('attempts' in row))
      cursor.update({ ...row, origin: '', attempts: [], seq: 0, boot: '' });
    return true;
  });
}

/** What is pinned, and what is to go, is found without reading the rest. */
async function indexShelf(_: IDBDatabase, upgrade: IDBTransaction): Promise<void> {
  const conversations = upgrade.objectStore('conversations');
  addIndex(conversations, 'pinnedAt');
  addIndex(conversations, 'deletedAt');
}

function addIndex(store: IDBObjectStore, keyPath: string): void {
  if (!store.indexNames.contains(keyPath)) store.createIndex(keyPath, keyPath);
}
