// What was used, in sums: by day, kind, server and model, and by conversation. A database of its own, because it may be cleared at any
// time; there is nothing in it of what was said.
import type { Totals, UsageRow } from '../protocol/contract.ts';
import { createConnection } from '../store/database.ts';
import { answerOf, eachRow, endOf } from '../store/idb.ts';
import type { Migration } from '../store/migrations.ts';
import { cutoffDay, dayOf, MAX_DAYS } from './days.ts';
import { plus, readTotals } from './totals.ts';

/** One request, or some for one answer. */
export interface Use extends Totals {
  kind: UsageRow['kind'];
  host: string;
  model: string;
  /** Absent where the request belongs to none, or to one of which nothing is stored. */
  conversationId?: string | undefined;
}

export interface UsageStore {
  /** Never rejects: figures are not worth a failure. */
  add(use: Use): Promise<void>;
  /** From a day on, the oldest first. */
  since(day: string): Promise<UsageRow[]>;
  ofConversation(id: string): Promise<Totals | undefined>;
  clear(): Promise<void>;
}

/** Models of one day; what a user asks beyond that is summed up under one name. */
const MAX_PER_DAY = 200;

export function createUsageStore({
  now,
  name = 'runnel-usage',
}: {
  now(): number;
  name?: string;
}): UsageStore {
  const { run } = createConnection({ name, migrations: [createStores] });
  const both = ['days', 'conversations'];
  return {
    add: (use) => run((db) => add(db.transaction(both, 'readwrite'), use, now())).catch(() => {}),
    since: (day) =>
      run(async (db) => {
        const store = db.transaction('days').objectStore('days');
        const rows: unknown[] = await answerOf(store.getAll(IDBKeyRange.lowerBound(day)));
        return rows.flatMap(readDay);
      }),
    ofConversation: (id) =>
      run(async (db) => {
        const row: unknown = await answerOf(
          db.transaction('conversations').objectStore('conversations').get(id),
        );
        return readTotals(row);
      }),
    clear: () =>
      run((db) => {
        const writing = db.transaction(both, 'readwrite');
        for (const store of both) writing.objectStore(store).clear();
        return endOf(writing);
      }),
  };
}

async function add(writing: IDBTransaction, use: Use, at: number): Promise<void> {
  const { kind, host, model, conversationId, ...totals } = use;
  const end = endOf(writing);
  // Heard at the end; until then nobody waits for it.
  end.catch(() => {});
  const days = writing.objectStore('days');
  const conversations = writing.objectStore('conversations');
  const day = dayOf(at);
  const rows = readDay(await answerOf(days.get(day)));
  if (rows.length === 0) await forgetOld(days, conversations, at);
  const isSame = (row: UsageRow) => row.kind === kind && row.host === host && row.model === model;
  const known = rows.find(isSame) ?? (rows.length < MAX_PER_DAY ? undefined : rows.at(-1));
  const row = known ? { ...known, ...plus(known, totals) } : { day, kind, host, model, ...totals };
  days.put({ day, rows: [...rows.filter((other) => other !== known), row] });
  if (conversationId !== undefined) {
    const before = readTotals(await answerOf(conversations.get(conversationId)));
    conversations.put({ id: conversationId, at, ...plus(before, totals) });
  }
  await end;
}

/** Once a day. */
async function forgetOld(days: IDBObjectStore, conversations: IDBObjectStore, at: number): Promise<void> {
  days.delete(IDBKeyRange.upperBound(cutoffDay(at), true));
  const old = IDBKeyRange.upperBound(at - MAX_DAYS * 24 * 3600 * 1000);
  await eachRow(conversations.index('at').openCursor(old), (cursor) => {
    cursor.delete();
    return true;
  });
}

/** The rows of a day's record; what is damaged is left out. */
function readDay(record: unknown): UsageRow[] {
  const { day, rows } = (record ?? {}) as { day?: unknown; rows?: unknown };
  if (typeof day !== 'string' || !Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => {
    const totals = readTotals(row);
    const { kind, host, model } = (row ?? {}) as Partial<Record<'kind' | 'host' | 'model', unknown>>;
    if (!totals || typeof host !== 'string' || typeof model !== 'string') return [];
    return [{ day, kind: kind === 'translation' ? kind : 'chat', host, model, ...totals }];
  });
}

const createStores: Migration = async (database) => {
  const names = database.objectStoreNames;
  if (!names.contains('days')) database.createObjectStore('days', { keyPath: 'day' });
  if (!names.contains('conversations'))
    database.createObjectStore('conversations', { keyPath: 'id' }).createIndex('at', 'at');
};
