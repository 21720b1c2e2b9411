import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTranslations, translationKey } from '../../lib/store/translations.ts';

let name = '';
let count = 0;
let time = 0;
beforeEach(() => {
  name = `translations-${++count}`;
  time = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => void vi.useRealTimers());
const HOUR = 3_600_000;
/** Until uses have been noted. */
const later = () => vi.advanceTimersByTimeAsync(1000);
const create = (maxCount?: number) =>
  createTranslations({ name, now: () => ++time, ...(maxCount === undefined ? {} : { maxCount }) });

describe('the cache', () => {
  it('finds what was put, and nothing else', async () => {
    const cache = create();
    await cache.put('a', 'Hola');
    expect(await cache.find(['a', 'b'])).toEqual(new Map([['a', 'Hola']]));
    expect(await cache.size()).toEqual({ count: 1, chars: 4 });
    await cache.clear();
    expect(await cache.find(['a'])).toEqual(new Map());
  });

  it('lets go of what was not used for longest', async () => {
    const cache = create(50);
    for (let index = 0; index < 99; index++) await cache.put(`k${index}`, 'x');
    // Noted once an hour: the second use of k1 costs nothing, and counts for nothing.
    await cache.find(['k1']);
    time += HOUR;
    await cache.find(['k0']);
    await later();
    await cache.put('k99', 'x');
    const { count: kept } = await cache.size();
    expect(kept).toBe(50);
    expect([...(await cache.find(['k0', 'k1', 'k99'])).keys()]).toEqual(['k0', 'k99']);
  });

  it('does not bring back what was cleared before its use was noted', async () => {
    const cache = create();
    await cache.put('a', 'Hola');
    time += HOUR;
    expect((await cache.find(['a'])).size).toBe(1);
    await cache.clear();
    await later();
    expect(await cache.size()).toEqual({ count: 0, chars: 0 });
  });

  it('that cannot be opened, or holds what it should not, knows nothing and hinders nobody', async () => {
    const cache = create();
    await cache.put('a', 'Hola');
    const database = await openDB(name);
    await database.put('translations', { key: 'a', text: 7 });
    database.close();
    expect(await cache.find(['a'])).toEqual(new Map());
    await deleteDB(name);
    await (await openDB(name, 9)).close();
    expect(await cache.find(['a'])).toEqual(new Map());
    await cache.put('a', 'Hola');
  });
});

it('a key is of everything, and tells nothing', async () => {
  const key = await translationKey(['a', 'b']);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(await translationKey(['a', 'b'])).toBe(key);
  for (const other of [['ab'], ['a,b'], ['a', 'b', ''], ['b', 'a']])
    expect(await translationKey(other)).not.toBe(key);
});
