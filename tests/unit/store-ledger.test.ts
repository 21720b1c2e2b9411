// What is stored, and what becomes of it when the disk, the rows or the worker are not what they should be.
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StreamError, WORKER_ENDED, WORKER_ENDED_BETWEEN } from '../../lib/engine/errors.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import type { Turn } from '../../lib/protocol/contract.ts';
import { CannotOpen } from '../../lib/store/database.ts';
import { createKeptRows } from '../../lib/store/kept-rows.ts';
import { createLedger } from '../../lib/store/ledger.ts';
import { HISTORY_MIGRATIONS } from '../../lib/store/migrations.ts';
import { createDiskRows, type Rows } from '../../lib/store/rows.ts';
import { turnOf } from './chat-worker.ts';
import { openHistory, openMigrated } from './support/stores.ts';

let name = '';
let count = 0;
beforeEach(() => {
  name = `ledger-${++count}`;
});

/** A worker's ledger on the database of this test. `break` makes writes fail. */
function createWorker(boot = 'b1') {
  const states: (string | null)[] = [];
  const due: (() => void)[] = [];
  let failure: Error | null = null;
  let awake = 0;
  const disk = createDiskRows(openHistory(name));
  const failing: Rows = {
    ...disk,
    write: async (change, isFirst) => {
      if (failure) throw failure;
      await disk.write(change, isFirst);
    },
  };
  const rows = createKeptRows(failing, {
    onState: (unsaved) => states.push(unsaved),
    after: (_, callback) => void due.push(callback),
    keepAwake: () => {
      awake++;
      return () => void awake--;
    },
  });
  return {
    ledger: createLedger(rows, boot),
    states,
    awake: () => awake,
    breakWith: (error: Error | null) => {
      failure = error;
    },
    /** The time for the next try has come; resolves when it has failed, or nothing is left to try. */
    tryAgain: async () => {
      for (const callback of due.splice(0)) callback();
      await vi.waitFor(() => expect(due.length > 0 || awake === 0).toBe(true), { interval: 1 });
    },
  };
}

const FULL = new StreamError('storage', 'The space is used up.');
const newId = () => 'fresh';
const half = (more: Partial<Turn> = {}) =>
  turnOf('t1', { state: 'streaming', reply: { ...emptyMessage(), text: 'Half' }, ...more });

async function rawRows() {
  const database = await openDB(name);
  const rows = {
    turns: await database.getAll('turns'),
    conversations: await database.getAll('conversations'),
  };
  database.close();
  return rows;
}
async function putRaw(store: string, row: unknown, key?: string) {
  const database = await openDB(name);
  await database.put(store, row, key);
  database.close();
}

describe('a worker that died', () => {
  it.each([
    ['streaming', 'Half', 'partial', WORKER_ENDED],
    ['waiting', '', 'failed', WORKER_ENDED],
    ['retrying', '', 'failed', WORKER_ENDED_BETWEEN],
    ['retrying', 'Half', 'partial', WORKER_ENDED_BETWEEN],
    ['continuing', 'Half', 'partial', WORKER_ENDED],
  ] as const)('while %s with "%s" leaves it %s', async (state, text, expected, message) => {
    const before = createWorker('b1');
    await before.ledger.begin(half({ state, reply: { ...emptyMessage(), text } }), 'Title');
    const after = createWorker('b2');
    const found = await after.ledger.findTurn('t1');
    expect(found).toMatchObject({ state: expected, trouble: { code: 'interrupted', message } });
    expect(found).not.toHaveProperty('boot');
    expect(await after.ledger.endOrphans()).toMatchObject([{ id: 't1', state: expected }]);
    expect((await rawRows()).turns).toMatchObject([{ state: expected, boot: 'b2' }]);
    expect(await after.ledger.endOrphans()).toEqual([]);
  });

  it('after the finish reason leaves it whole: only usage was still to come', async () => {
    const reply = { ...emptyMessage(), text: 'Whole.', finishReason: 'stop' };
    await createWorker('b1').ledger.begin(half({ reply }), 'Title');
    expect(await createWorker('b2').ledger.findTurn('t1')).toMatchObject({ state: 'done', trouble: null });
  });

  it('is another one: a turn of this worker goes on', async () => {
    const { ledger } = createWorker();
    await ledger.begin(half(), 'Title');
    expect(await ledger.findTurn('t1')).toMatchObject({ state: 'streaming', trouble: null });
    expect(await ledger.endOrphans()).toEqual([]);
  });
});

describe('damaged rows', () => {
  it('cost themselves and nothing else', async () => {
    const { ledger } = createWorker();
    await ledger.begin(turnOf('t1', { createdAt: 1 }), 'Title');
    await ledger.begin(turnOf('t2', { createdAt: 2, parentId: 't1' }), 'Title');
    await ledger.begin(turnOf('t3', { createdAt: 3, parentId: 't2' }), 'Title');
    await putRaw('turns', { id: 't2', conversationId: 'c1', parentId: 9, reply: 'no', state: 'streaming' });
    expect(await ledger.endOrphans()).toEqual([]);
    const { turns, title } = await ledger.view(undefined, newId);
    expect(title).toBe('Title');
    expect(turns.map(({ id }) => id)).toEqual(['t1', 't2', 't3']);
    expect(turns[1]).toMatchObject({ isDamaged: true, state: 'failed', trouble: { code: 'storage' } });
    // It stays as it is: somebody may mend it.
    expect((await rawRows()).turns).toContainEqual(expect.objectContaining({ id: 't2', reply: 'no' }));
  });

  it('of a conversation are mended from its turns', async () => {
    const { ledger } = createWorker();
    await ledger.begin(turnOf('t1', { createdAt: 1 }), 'Title');
    await ledger.begin(turnOf('t2', { createdAt: 2, parentId: 't1' }), 'Title');
    await putRaw('conversations', { id: 'c1', title: 5, head: {}, updatedAt: 'x' });
    await putRaw('meta', { no: 'id' }, 'current');
    const view = await ledger.view('c1', newId);
    expect(view).toMatchObject({ id: 'c1', title: '', turns: [{ id: 't1' }, { id: 't2' }] });
  });

  it('that lead in a circle end the path', async () => {
    const { ledger } = createWorker();
    await ledger.begin(turnOf('t1', { parentId: 't2' }), 'Title');
    await ledger.begin(turnOf('t2', { parentId: 't1' }), 'Title');
    expect((await ledger.path('t2')).map(({ id }) => id)).toEqual(['t1', 't2']);
  });
});

describe('a disk that refuses', () => {
  it('the first commit: the caller hears of it, nothing is kept', async () => {
    const { ledger, breakWith, states } = createWorker();
    breakWith(FULL);
    await expect(ledger.begin(half(), 'Title')).rejects.toBe(FULL);
    expect(await ledger.findTurn('t1')).toBeUndefined();
    expect(states).toEqual([]);
  });

  it('a later one: the turn is read from memory, said to be unsaved, and written as soon as that works', async () => {
    const { ledger, breakWith, states, tryAgain, awake } = createWorker();
    await ledger.begin(half(), 'Title');
    breakWith(FULL);
    await ledger.save(half({ reply: { ...emptyMessage(), text: 'Half and more' }, state: 'done' }));
    expect(await ledger.view('c1', newId)).toMatchObject({
      unsaved: FULL.message,
      turns: [{ state: 'done', reply: { text: 'Half and more' } }],
    });
    expect(states).toEqual([FULL.message]);
    expect(awake()).toBe(1);
    await tryAgain();
    expect(states).toEqual([FULL.message]);
    breakWith(null);
    await tryAgain();
    expect(states).toEqual([FULL.message, null]);
    expect((await rawRows()).turns).toMatchObject([{ state: 'done', reply: { text: 'Half and more' } }]);
    expect((await ledger.view('c1', newId)).unsaved).toBeNull();
    expect(awake()).toBe(0);
  });

  it('gives up keeping the worker awake in the end', async () => {
    const { ledger, breakWith, tryAgain, awake } = createWorker();
    await ledger.begin(half(), 'Title');
    breakWith(FULL);
    await ledger.save(half());
    for (let tries = 0; tries < 120; tries++) await tryAgain();
    expect(awake()).toBe(0);
  });
});

describe('a history that cannot be opened', () => {
  it('of a newer version is left alone; asking works in memory', async () => {
    const newer = await openDB(name, 99, {
      upgrade: (database) => void database.createObjectStore('future'),
    });
    newer.close();
    const { ledger, states } = createWorker();
    expect(await ledger.endOrphans()).toEqual([]);
    await ledger.begin(half(), 'Title');
    await ledger.save(half({ state: 'done' }));
    const view = await ledger.view(undefined, newId);
    expect(view).toMatchObject({ id: 'c1', title: 'Title', turns: [{ state: 'done' }] });
    expect(view.unsaved).toMatch(/newer version/);
    expect(states).toHaveLength(1);
    const database = await openDB(name);
    expect(database.version).toBe(99);
    expect([...database.objectStoreNames]).toEqual(['future']);
    database.close();
  });

  it('because another holds it is waited for; what was said meanwhile is written then', async () => {
    const holder = await openMigrated(name, HISTORY_MIGRATIONS.slice(0, 1));
    const { ledger, states, tryAgain } = createWorker();
    await ledger.begin(half({ state: 'done' }), 'Title');
    expect(states).toEqual([expect.stringMatching(/another running Runnel/)]);
    expect(await ledger.findTurn('t1')).toMatchObject({ state: 'done' });
    holder.close();
    await vi.waitFor(async () => {
      await tryAgain();
      expect(states.at(-1)).toBeNull();
    });
    expect((await rawRows()).turns).toMatchObject([{ id: 't1', state: 'done' }]);
    expect((await rawRows()).conversations).toMatchObject([{ id: 'c1', title: 'Title', head: 't1' }]);
  });

  it('is told as such', async () => {
    await (await openDB(name, 99)).close();
    const rows = createDiskRows(openHistory(name));
    await expect(rows.turn('t1')).rejects.toBeInstanceOf(CannotOpen);
  });
});

describe('a history that is cleared', () => {
  it('while an answer is written: the answer has a conversation all the same', async () => {
    const lost: string[] = [];
    const rows = createKeptRows(createDiskRows(openHistory(name, { onLost: () => lost.push('lost') })), {
      onState: () => {},
      after: () => {},
      keepAwake: () => () => {},
    });
    const ledger = createLedger(rows, 'b1');
    await ledger.begin(half(), 'Title');
    const { deleteDB } = await import('idb');
    await deleteDB(name);
    expect(lost).toEqual(['lost']);
    await ledger.save(half({ state: 'done', userText: 'The question' }));
    expect(await ledger.view(undefined, newId)).toMatchObject({
      title: 'The question',
      turns: [{ id: 't1' }],
    });
  });
});

it('views that open on nothing show the same empty conversation', async () => {
  const { ledger } = createWorker();
  let id = 0;
  const next = () => `new${++id}`;
  const first = await ledger.view(undefined, next);
  expect(await ledger.view(undefined, next)).toEqual(first);
});
