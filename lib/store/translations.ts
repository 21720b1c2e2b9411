// Translations that were paid for: the same text in the same language by the same model and instructions is not asked for again. A
// database of its own, because it may be cleared at any time and grows on its own.
import { createConnection } from './database.ts';
import { answerOf, eachRow, endOf } from './idb.ts';
import type { Migration } from './migrations.ts';

interface Row {
  key: string;
  text: string;
  /** Ms since the epoch. */
  usedAt: number;
}

export interface Translations {
  /** By key, what is known of them; a cache that cannot be read knows nothing. */
  find(keys: readonly string[]): Promise<Map<string, string>>;
  /** Kept where that is possible; never rejects. */
  put(key: string, text: string): Promise<void>;
  /** How many are kept, and their characters. */
  size(): Promise<{ count: number; chars: number }>;
  clear(): Promise<void>;
}

export interface TranslationsOptions {
  name?: string;
  /** Ms since the epoch. */
  now(): number;
  /** The most that is kept; what was not used for longest goes first. */
  maxCount?: number;
}

const STORE = 'translations';
/** A translation of a paragraph is 1 kB or so: some tens of megabytes at most. */
const MAX_COUNT = 20_000;
/** Counting costs a request, so it is not done for each. */
const PRUNE_EVERY = 100;
/** A use is not noted again sooner, ms: which was used longest ago stays true enough. */
const NOTE_AFTER_MS = 3_600_000;
/** What is on screen does not wait for notes of its use, ms. */
const NOTE_LATER_MS = 1000;

export function createTranslations(options: TranslationsOptions): Translations {
  const { name = 'runnel-translations', now, maxCount = MAX_COUNT } = options;
  const { run } = createConnection({ name, migrations: [createStore] });
  let writes = 0;
  const prune = () =>
    run(async (db) => {
      const writing = db.transaction(STORE, 'readwrite');
      const store = writing.objectStore(STORE);
      let surplus = (await answerOf(store.count())) - maxCount;
      if (surplus <= 0) return;
      await eachRow(store.index('usedAt').openCursor(), (cursor) => {
        cursor.delete();
        return --surplus > 0;
      });
      await endOf(writing);
    });
  const note = (used: readonly Row[]) =>
    run(async (db) => {
      const writing = db.transaction(STORE, 'readwrite');
      const store = writing.objectStore(STORE);
      const end = endOf(writing);
      // What was cleared meanwhile does not come back.
      const notes = used.map(async (row) => {
        if (await answerOf(store.getKey(row.key))) store.put({ ...row, usedAt: now() });
      });
      await Promise.all([...notes, end]);
    });
  const write = (ask: (store: IDBObjectStore) => void) =>
    run((db) => {
      const writing = db.transaction(STORE, 'readwrite');
      ask(writing.objectStore(STORE));
      return endOf(writing);
    });
  return {
    async find(keys) {
      const rows = await run((db) => readRows(db, keys)).catch(() => []);
      const stale = rows.filter(({ usedAt }) => !(now() - usedAt < NOTE_AFTER_MS));
      if (stale.length > 0) setTimeout(() => void note(stale).catch(() => {}), NOTE_LATER_MS);
      return new Map(rows.map(({ key, text }) => [key, text]));
    },
    async put(key, text) {
      const row = { key, text, usedAt: now() };
      await write((store) => store.put(row)).catch(() => {});
      writes++;
      if (writes % PRUNE_EVERY === 0) await prune().catch(() => {});
    },
    size: () =>
      run(async (db) => {
        let count = 0;
        let chars = 0;
        await eachRow(db.transaction(STORE).objectStore(STORE).openCursor(), ({ value }) => {
          count++;
          chars += isRow(value) ? value.text.length : 0;
          return true;
        });
        return { count, chars };
      }),
    clear: () => write((store) => store.clear()),
  };
}

/** Without a promise for each of 200 rows. */
function readRows(database: IDBDatabase, keys: readonly string[]): Promise<Row[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
  const transaction = database.transaction(STORE);
  const store = transaction.objectStore(STORE);
  const requests = keys.map((key) => store.get(key));
  transaction.oncomplete = () => resolve(requests.map(({ result }) => result as unknown).filter(isRow));
  transaction.onabort = () => reject(transaction.error);
  return promise;
}

function isRow(row: unknown): row is Row {
  if (typeof row !== 'object' || row === null) return false;
  const { key, text } = row as Partial<Record<keyof Row, unknown>>;
  return typeof key === 'string' && typeof text === 'string';
}

const createStore: Migration = async (database) => {
  if (database.objectStoreNames.contains(STORE)) return;
  database.createObjectStore(STORE, { keyPath: 'key' }).createIndex('usedAt', 'usedAt');
};

/** The key of a translation: everything that its text depends on, hashed, so that no page's text lies in the index. */
export async function translationKey(parts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
