// What the search has written down, by shards (lib/search), seen from the worker: what is deleted must not be found there either.
import { createConnection } from './database.ts';
import { answerOf, endOf } from './idb.ts';
import type { Migration } from './migrations.ts';

/** The search's own database; it may be lost at any time and is made anew. */
export const SEARCH_DATABASE = 'runnel-search';
export const SHARDS = 'shards';

export const SEARCH_MIGRATIONS: readonly Migration[] = [
  async (database) => {
    if (database.objectStoreNames.contains(SHARDS)) return;
    // `ids`: the conversations that a shard knows.
    database.createObjectStore(SHARDS, { keyPath: 'key' }).createIndex('ids', 'ids', { multiEntry: true });
  },
];

/** Takes away the shards that know one of these conversations, all without ids: the search makes them anew from what is left. Never rejects. */
export function createForgetSearch(name = SEARCH_DATABASE): (ids?: readonly string[]) => Promise<void> {
  const { run } = createConnection({ name, migrations: SEARCH_MIGRATIONS });
  return (ids) =>
    run(async (db) => {
      const writing = db.transaction(SHARDS, 'readwrite');
      const shards = writing.objectStore(SHARDS);
      const end = endOf(writing);
      if (!ids) shards.clear();
      for (const id of ids ?? []) {
        const key = await answerOf(shards.index('ids').getKey(id));
        if (key !== undefined) shards.delete(key);
      }
      await end;
    }).catch(() => {});
}
