import { describe, expect, it } from 'vitest';
import { createCapture } from '../../lib/engine/capture.ts';
import { createCaptures } from '../../lib/jobs/captures.ts';
import { createStoredRefusals } from '../../lib/settings/refusals.ts';

const DAY = 24 * 3600 * 1000;
const URL_ = 'https://api.test/v1/chat/completions';
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Storage in memory that answers when it is told to. */
function createStorage(stored: unknown = undefined) {
  const state = { stored, writes: 0 };
  const gate = Promise.withResolvers<void>();
  return {
    state,
    open: gate.resolve,
    read: async () => {
      await gate.promise;
      return structuredClone(state.stored);
    },
    write: async (_: string, value: unknown) => {
      state.writes++;
      state.stored = structuredClone(value);
    },
  };
}

describe('refusals over restarts', () => {
  it('are found again, by address and model', async () => {
    const storage = createStorage();
    storage.open();
    const first = createStoredRefusals(storage, () => 0);
    first.add(URL_, 'm', 'temperature');
    first.add(URL_, 'm', 'stream_options');
    expect(first.find(URL_, 'm').size).toBe(2);
    await settle();
    const second = createStoredRefusals(storage, () => DAY);
    await settle();
    expect([...second.find(URL_, 'm')]).toEqual(['temperature', 'stream_options']);
    expect(second.find(URL_, 'n').size).toBe(0);
  });
  it('learnt before the stored ones were read do not write over them', async () => {
    const storage = createStorage([{ url: URL_, model: 'm', field: 'temperature', at: 0 }]);
    const memo = createStoredRefusals(storage, () => 1);
    memo.add(URL_, 'n', 'stream_options');
    await settle();
    expect(storage.state.writes).toBe(0);
    storage.open();
    await settle();
    expect(storage.state.stored).toHaveLength(2);
    expect(memo.find(URL_, 'm').size + memo.find(URL_, 'n').size).toBe(2);
  });
  it('are forgotten after a month, and are never too many', async () => {
    const storage = createStorage([{ url: URL_, model: 'm', field: 'temperature', at: 0 }]);
    storage.open();
    const memo = createStoredRefusals(storage, () => 31 * DAY);
    await settle();
    expect(memo.find(URL_, 'm').size).toBe(0);
    for (let i = 0; i < 250; i++) memo.add(URL_, `m${i}`, 'temperature');
    await settle();
    expect(storage.state.stored).toHaveLength(200);
  });
  it.each([
    [null],
    ['x'],
    [{}],
    [[null, 1, { url: 1 }, { url: URL_, model: 'm', field: 'f', at: 0, more: 1 }]],
  ])('that are stored as %j are none', async (stored) => {
    const storage = createStorage(stored);
    storage.open();
    const memo = createStoredRefusals(storage, () => 1);
    await settle();
    expect(memo.find(URL_, 'm').size).toBe(0);
  });
  it('work without a storage', async () => {
    const broken = async () => {
      throw new Error('disk');
    };
    const memo = createStoredRefusals({ read: broken, write: broken }, () => 0);
    memo.add(URL_, 'm', 'temperature');
    await settle();
    expect(memo.find(URL_, 'm').has('temperature')).toBe(true);
  });
});

describe('the capture of the last failed turn', () => {
  const failed = { code: 'server', message: 'no' } as const;
  function captureOf(text: string) {
    const capture = createCapture();
    capture.begin(500, null);
    capture.add(new TextEncoder().encode(text));
    return capture;
  }
  it('is found by its turn, without the key', () => {
    const captures = createCaptures();
    captures.ended('a', failed, captureOf('{"bad":"CANARY-1"}'), 'CANARY-1');
    expect(captures.find('a')).toBe('{"bad":"[key removed]"}');
    expect(captures.find('b')).toBeNull();
    captures.ended('b', failed, captureOf('{}'), undefined);
    expect(captures.find('a')).toBeNull();
  });
  it('is none where nothing came', () => {
    const captures = createCaptures();
    captures.ended('a', failed, createCapture(), undefined);
    expect(captures.find('a')).toBeNull();
  });
  it('is dropped when the turn goes well after all, and not by others that do', () => {
    const captures = createCaptures();
    captures.ended('a', failed, captureOf('{}'), undefined);
    captures.ended('b', null, captureOf('{}'), undefined);
    captures.ended('c', { code: 'aborted', message: '' }, captureOf('{}'), undefined);
    expect(captures.find('a')).toBe('{}');
    expect(captures.find('c')).toBeNull();
    captures.ended('a', null, captureOf('{}'), undefined);
    expect(captures.find('a')).toBeNull();
  });
});
