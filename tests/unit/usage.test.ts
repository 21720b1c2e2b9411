import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Used } from '../../lib/jobs/meter.ts';
import { createAccount } from '../../lib/usage/account.ts';
import { cutoffDay, dayOf, daysBefore } from '../../lib/usage/days.ts';
import { createUsageStore, type Use } from '../../lib/usage/store.ts';

const NOON = new Date(2026, 0, 31, 12).getTime();
const DAY = 24 * 3600 * 1000;
let names = 0;
const open = (now: () => number) => createUsageStore({ now, name: `usage-${++names}` });
const use = (more: Partial<Use> = {}): Use => ({
  kind: 'chat',
  host: 'a.test',
  model: 'm',
  conversationId: 'c1',
  requests: 1,
  input: 10,
  output: 5,
  cost: 0.5,
  estimated: 0,
  unpriced: 0,
  ...more,
});

it('days are those of the clock on the wall', () => {
  expect(dayOf(new Date(2026, 0, 31, 0, 0, 1).getTime())).toBe('2026-01-31');
  expect(dayOf(new Date(2026, 0, 31, 23, 59, 59).getTime())).toBe('2026-01-31');
  expect(daysBefore(NOON, 31)).toBe('2025-12-31');
  expect(daysBefore(new Date(2026, 2, 30, 0, 30).getTime(), 1)).toBe('2026-03-29');
  expect(cutoffDay(NOON)).toBe(daysBefore(NOON, 400));
});

describe('the store', () => {
  it('adds up by day, kind, server and model, and by conversation', async () => {
    let now = NOON;
    const store = open(() => now);
    await store.add(use());
    await store.add(use({ estimated: 1, unpriced: 1, cost: 0 }));
    await store.add(use({ model: 'other', conversationId: 'c2' }));
    await store.add(use({ kind: 'translation', conversationId: undefined }));
    now += DAY;
    await store.add(use());
    expect(await store.since('2026-01-31')).toEqual([
      expect.objectContaining({
        day: '2026-01-31',
        kind: 'chat',
        host: 'a.test',
        model: 'm',
        requests: 2,
        input: 20,
        output: 10,
        cost: 0.5,
        estimated: 1,
        unpriced: 1,
      }),
      expect.objectContaining({ day: '2026-01-31', model: 'other', requests: 1 }),
      expect.objectContaining({ day: '2026-01-31', kind: 'translation', requests: 1 }),
      expect.objectContaining({ day: '2026-02-01', requests: 1 }),
    ]);
    expect(await store.since('2026-02-01')).toHaveLength(1);
    expect(await store.ofConversation('c1')).toMatchObject({ requests: 3, input: 30, cost: 1 });
    expect(await store.ofConversation('c3')).toBeUndefined();
    await store.clear();
    expect(await store.since('2026-01-31')).toEqual([]);
    expect(await store.ofConversation('c1')).toBeUndefined();
  });

  it('loses no request of many at once', async () => {
    const store = open(() => NOON);
    await Promise.all(Array.from({ length: 40 }, () => store.add(use())));
    expect(await store.since('2026-01-01')).toMatchObject([{ requests: 40, input: 400 }]);
    expect(await store.ofConversation('c1')).toMatchObject({ requests: 40 });
  });

  it('forgets what is older than its days', async () => {
    let now = NOON;
    const store = open(() => now);
    await store.add(use());
    now += 399 * DAY;
    await store.add(use({ conversationId: 'c2' }));
    expect(await store.since('2000-01-01')).toHaveLength(2);
    now += 3 * DAY;
    await store.add(use({ conversationId: 'c3' }));
    expect(await store.since('2000-01-01')).toHaveLength(2);
    expect(await store.ofConversation('c1')).toBeUndefined();
    expect(await store.ofConversation('c2')).toBeDefined();
  });

  it('keeps a bound on the models of a day, and the sum whole', async () => {
    const store = open(() => NOON);
    for (let i = 0; i < 230; i++) await store.add(use({ model: `m${i}` }));
    const rows = await store.since('2026-01-31');
    expect(rows).toHaveLength(200);
    expect(rows.reduce((sum, { requests }) => sum + requests, 0)).toBe(230);
  });
});

describe('the account', () => {
  const used: Used = {
    kind: 'chat',
    baseUrl: 'https://a.test:8443/v1',
    model: 'm',
    conversationId: 'c1',
    requests: 2,
    input: 1_000_000,
    output: 500_000,
    isEstimated: true,
  };
  async function enter(one: Used, find: () => Promise<{ input: number; output: number } | undefined>) {
    const entered: Use[] = [];
    createAccount({ add: async (entry) => void entered.push(entry) }, { find })(one);
    await new Promise((resolve) => setTimeout(resolve));
    return entered;
  }
  it('knows the cost where the price is known', async () => {
    expect(await enter(used, async () => ({ input: 2, output: 8 }))).toEqual([
      expect.objectContaining({ host: 'a.test:8443', cost: 6, estimated: 2, unpriced: 0, requests: 2 }),
    ]);
    const failing = () => Promise.reject(new Error('no storage'));
    for (const find of [async () => undefined, failing])
      expect(await enter({ ...used, isEstimated: false }, find)).toEqual([
        expect.objectContaining({ cost: 0, estimated: 0, unpriced: 2 }),
      ]);
  });
  it('enters nothing where nothing was sent', async () => {
    expect(await enter({ ...used, requests: 0 }, async () => undefined)).toEqual([]);
  });
});
