import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTranslations, translationKey } from '../../lib/store/translations.ts';

let name = '';
let count = 0;
let time = 0;
beforeEach(() => {
  name = `translations-${++count}`;
  time = 0;
});
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
    await cache.find(['k0']);
    await cache.put('k99', 'x');
    const { count: kept } = await cache.size();
    expect(kept).toBe(50);
    expect((await cache.find(['k0', 'k1', 'k99'])).size).toBe(2);
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
