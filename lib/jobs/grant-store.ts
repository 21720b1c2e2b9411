// Where grants outlive the worker.
import type { GrantRecord } from './grant-record.ts';

/** Each may reject. */
export interface GrantStore {
  read(): Promise<unknown>;
  write(records: GrantRecord[]): Promise<void>;
  forget(): Promise<void>;
}

/** Keeps `records` in place of what was kept. False where a later worker could find grants that are spent. */
export async function keepRecords(store: GrantStore, records: readonly GrantRecord[]): Promise<boolean> {
  // Without a document's name nobody could tell later whether the frame still shows it.
  const named = records.filter(({ documentId }) => documentId !== undefined);
  try {
    if (named.length > 0) {
      await store.write(named);
      return true;
    }
  } catch {
    // Full, perhaps: what stands there is old now, and has to go.
  }
  try {
    await store.forget();
    return true;
  } catch {
    return false;
  }
}
