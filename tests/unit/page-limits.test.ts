import { describe, expect, it } from 'vitest';
import { LIMIT_WORDS } from '../../lib/engine/errors.ts';
import {
  MAX_CHARS_A_DAY,
  MAX_STARTS_A_MINUTE,
  MAX_STARTS_AN_HOUR,
  PageLimits,
} from '../../lib/jobs/page-limits.ts';
import { wordsFor } from '../../lib/words/trouble.ts';

/** A worker's limits on a storage that outlives it. */
function create(storage: { spent?: unknown; isFull?: boolean } = {}, clock = { now: 1e9 }) {
  const limits = new PageLimits({
    now: () => clock.now,
    read: async () => storage.spent,
    write: async (spent) => {
      if (storage.isFull) throw new Error('quota');
      storage.spent = structuredClone(spent);
    },
  });
  const take = async (times: number, tabId = 1, chars = 1) => {
    for (let i = 0; i < times; i++) await limits.take(tabId, chars);
  };
  return { take, storage, clock };
}

describe('a page', () => {
  it('may start so often in a minute, and again after it; another tab is another count', async () => {
    const { take, clock } = create();
    await take(MAX_STARTS_A_MINUTE);
    await expect(take(1)).rejects.toMatchObject({ code: 'rate-limited', message: LIMIT_WORDS.minute });
    await take(1, 2);
    clock.now += 60_000;
    await take(1);
  });

  it('may start so often in an hour', async () => {
    const { take, clock } = create();
    for (let i = 0; i < MAX_STARTS_AN_HOUR; i++) {
      await take(1);
      clock.now += 10_000;
    }
    await expect(take(1)).rejects.toMatchObject({ message: LIMIT_WORDS.hour });
    clock.now += 3_600_000;
    await take(1);
  });

  it('may ask for so much a day, all tabs together; what is refused is not counted', async () => {
    const { take, clock } = create();
    await take(1, 1, MAX_CHARS_A_DAY - 10);
    await expect(take(1, 2, 11)).rejects.toMatchObject({ message: LIMIT_WORDS.day });
    await take(1, 2, 10);
    await expect(take(1, 3, 1)).rejects.toMatchObject({ message: LIMIT_WORDS.day });
    clock.now += 24 * 3_600_000;
    await take(1, 3, 1);
  });
});

describe('the counts', () => {
  it('outlive the worker', async () => {
    const { take, storage, clock } = create();
    await take(MAX_STARTS_A_MINUTE);
    await expect(create(storage, clock).take(1)).rejects.toMatchObject({ message: LIMIT_WORDS.minute });
  });

  it('hold where the clock is set back', async () => {
    const { take, storage, clock } = create();
    await take(MAX_STARTS_A_MINUTE);
    clock.now -= 3_600_000;
    await expect(create(storage, clock).take(1)).rejects.toMatchObject({ message: LIMIT_WORDS.minute });
  });

  it('hold in memory where they cannot be written, and are not stopped by what cannot be read', async () => {
    const { take } = create({ isFull: true, spent: { starts: [7, null, { tabId: 'x' }], chars: 'no' } });
    await take(MAX_STARTS_A_MINUTE);
    await expect(take(1)).rejects.toMatchObject({ message: LIMIT_WORDS.minute });
  });
});

it('a limit is told in its own words', () => {
  const words = wordsFor({ code: 'rate-limited', message: LIMIT_WORDS.day }, { host: 'api.test' });
  expect(words.title).toBe(LIMIT_WORDS.day);
});
