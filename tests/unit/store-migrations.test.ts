// Every version that was ever stored becomes the present one, whole, however often and wherever the way is interrupted.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { HISTORY_MIGRATIONS, type Migration } from '../../lib/store/migrations.ts';
import { dump, layDown, openMigrated, readFixture } from './support/stores.ts';

let name = '';
let count = 0;
beforeEach(() => {
  name = `history-${++count}`;
});

const earlier = Array.from({ length: HISTORY_MIGRATIONS.length - 1 }, (_, index) => index + 1);

describe.each(earlier)('from version %i', (version) => {
  it('nothing is lost and every turn has the fields of today', async () => {
    const fixture = readFixture(version);
    await layDown(name, fixture);
    const database = await openMigrated(name, HISTORY_MIGRATIONS);
    const { conversations, turns, meta } = await dump(database);
    expect(conversations).toEqual(fixture.stores.conversations);
    expect(meta).toEqual(['c1']);
    expect(turns).toHaveLength(fixture.stores.turns.length);
    for (const [index, turn] of (turns ?? []).entries()) {
      expect(turn).toMatchObject(fixture.stores.turns[index] as object);
      expect(turn).toMatchObject({ attempts: [], origin: '', seq: 0, boot: '' });
    }
    const indexes = [...database.transaction('turns').store.indexNames];
    expect(indexes).toEqual(['conversationId', 'parentId', 'state']);
    database.close();
  });

  it.each(HISTORY_MIGRATIONS.map((_, step) => step).filter((step) => step >= version))(
    'interrupted in step %i, at its begin and at each of its rows, the earlier version is whole and the next opening completes it',
    async (step) => {
      const fixture = readFixture(version);
      await layDown(name, fixture);
      const before = await readAll(version);
      for (let rows = 0; rows <= fixture.stores.turns.length; rows++) {
        const killed = HISTORY_MIGRATIONS.map((migration, index) =>
          index === step ? dieAfter(rows, migration) : migration,
        );
        await expect(openMigrated(name, killed)).rejects.toThrow();
        expect(await readAll(version)).toEqual(before);
      }
      const database = await openMigrated(name, HISTORY_MIGRATIONS);
      expect((await dump(database))['turns']).toHaveLength(fixture.stores.turns.length);
      database.close();
    },
  );
});

async function readAll(version: number): Promise<unknown> {
  const database = await openMigrated(name, HISTORY_MIGRATIONS.slice(0, version));
  const found = await dump(database);
  database.close();
  return found;
}

/** The migration, cut off by the death of the process once it has asked for `rows` rows. */
function dieAfter(rows: number, migration: Migration): Migration {
  return async (database, upgrade) => {
    let left = rows;
    const { objectStore } = upgrade;
    const dying = new Proxy(upgrade, {
      get(target, key) {
        if (key !== 'objectStore') return Reflect.get(target, key);
        return (store: string) =>
          new Proxy(objectStore.call(target, store), {
            get(inner, method) {
              if (method === 'openCursor' && left-- <= 0) target.abort();
              const value: unknown = Reflect.get(inner, method);
              return typeof value === 'function' ? value.bind(inner) : value;
            },
          });
      },
    });
    await migration(database, dying);
    // Killed after the last row, before the browser could commit.
    upgrade.abort();
  };
}

it('each step finds its own work done', async () => {
  await layDown(name, readFixture(1));
  // Run twice within one upgrade.
  const twice = HISTORY_MIGRATIONS.map(
    (migration): Migration =>
      async (database, upgrade) => {
        await migration(database, upgrade);
        await migration(database, upgrade);
      },
  );
  const database = await openMigrated(name, twice);
  expect((await dump(database))['turns']).toHaveLength(3);
  database.close();
});

it('a row that is no object does not stop the way', async () => {
  const fixture = readFixture(1);
  fixture.stores.turns.push({ id: 'odd', reply: 7 });
  await layDown(name, fixture);
  const database = await openMigrated(name, HISTORY_MIGRATIONS);
  expect(await database.get('turns', 'odd')).toMatchObject({ id: 'odd', reply: 7, attempts: [] });
  database.close();
});

it('a step that throws undoes the steps before it', async () => {
  await layDown(name, readFixture(1));
  const before = await readAll(1);
  const failing: Migration = async () => {
    throw new Error('a bug');
  };
  await expect(openMigrated(name, [...HISTORY_MIGRATIONS, failing])).rejects.toThrow();
  expect(await readAll(1)).toEqual(before);
});
