// What servers refused, kept over restarts of the worker, which are many a day. No secret is among it: addresses, models and field names.
import * as v from 'valibot';
import { createRefusalMemo, type RefusalMemo } from '../engine/refused.ts';

const KEY = 'refusals';
const MAX_ENTRIES = 200;
/** Servers learn: after that long they are asked again. */
const FORGET_AFTER_MS = 30 * 24 * 3600 * 1000;

const entrySchema = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(2100)),
  model: v.pipe(v.string(), v.maxLength(200)),
  field: v.pipe(v.string(), v.maxLength(40)),
  /** Milliseconds since the epoch. */
  at: v.number(),
});
type Entry = v.InferOutput<typeof entrySchema>;

interface Storage {
  read(key: string): Promise<unknown>;
  write(key: string, value: unknown): Promise<void>;
}

/** Knows what is stored as soon as it has been read; a request before that may be refused once more. `now`: ms since the epoch. */
export function createStoredRefusals(storage: Storage, now: () => number): RefusalMemo {
  const memo = createRefusalMemo();
  let entries: Entry[] = [];
  const loaded = storage
    .read(KEY)
    .then((stored) => {
      entries = readEntries(stored).filter(({ at }) => at <= now() && now() - at < FORGET_AFTER_MS);
      for (const { url, model, field } of entries) memo.add(url, model, field);
    })
    .catch(() => {});
  return {
    find: memo.find,
    add(url, model, field) {
      memo.add(url, model, field);
      // Not before the stored ones are known: they would be written over. A memo that cannot be kept is learnt anew.
      void loaded.then(() => {
        entries = [...entries, { url, model, field, at: now() }].slice(-MAX_ENTRIES);
        return storage.write(KEY, entries).catch(() => {});
      });
    },
  };
}

function readEntries(stored: unknown): Entry[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((entry) => v.is(entrySchema, entry));
}
