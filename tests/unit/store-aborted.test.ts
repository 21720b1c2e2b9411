import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { answerOf } from '../../lib/store/idb.ts';
import { createDiskRows } from '../../lib/store/rows.ts';
import { openHistory } from './support/stores.ts';

test('a read whose transaction is aborted by the browser fails once, and leaves no rejection behind', async () => {
  const uncaught: unknown[] = [];
  const hear = (error: unknown) => uncaught.push(error);
  process.on('unhandledRejection', hear);
  const history = openHistory('aborted');
  const reading = history.run(async (db) => {
    const transaction = db.transaction('turns');
    const found = answerOf(transaction.objectStore('turns').get('t1'));
    transaction.abort();
    return await found;
  });
  await expect(reading).rejects.toMatchObject({ code: 'storage' });
  // Rejections that nobody waits for are told once everything else is done.
  await new Promise((resolve) => setTimeout(resolve, 0));
  process.off('unhandledRejection', hear);
  expect(uncaught).toEqual([]);
  expect(await createDiskRows(history).turn('t1')).toBeUndefined();
});
