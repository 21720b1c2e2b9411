// Databases in memory, for tests of what is stored.
import { readFileSync } from 'node:fs';
import { type IDBPDatabase, openDB, unwrap } from 'idb';
import { createConnection } from '../../../lib/store/database.ts';
import { HISTORY_MIGRATIONS, type Migration, migrate } from '../../../lib/store/migrations.ts';

interface Fixture {
  version: number;
  stores: { conversations: object[]; turns: object[]; meta: [string, unknown][] };
}

export function readFixture(version: number): Fixture {
  const url = new URL(`../../fixtures/store/history-${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Fixture;
}

/** A database as an earlier version of the product left it. */
export async function layDown(name: string, fixture: Fixture): Promise<void> {
  const database = await openMigrated(name, HISTORY_MIGRATIONS.slice(0, fixture.version));
  const { conversations, turns, meta } = fixture.stores;
  const writing = database.transaction(['conversations', 'turns', 'meta'], 'readwrite');
  for (const row of conversations) void writing.objectStore('conversations').put(row);
  for (const row of turns) void writing.objectStore('turns').put(row);
  for (const [key, value] of meta) void writing.objectStore('meta').put(value, key);
  await writing.done;
  database.close();
}

export function openMigrated(name: string, migrations: readonly Migration[]): Promise<IDBPDatabase> {
  return openDB(name, migrations.length, {
    upgrade: (database, oldVersion, _, upgrade) => {
      // An upgrade that is undone is told by the opening.
      upgrade.done.catch(() => {});
      return migrate(unwrap(database), oldVersion, unwrap(upgrade), migrations);
    },
  });
}

/** Everything in a database, by store. */
export async function dump(database: IDBPDatabase): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const name of database.objectStoreNames) found[name] = await database.getAll(name);
  return found;
}

/** With as much patience as the product has, unless a test wants to see the end of it. */
export const openHistory = (name: string, more: { onLost?: () => void; patienceMs?: number } = {}) =>
  createConnection({ name, migrations: HISTORY_MIGRATIONS, ...more });
