// The tree of turns on disk: versions, steps between them, and what becomes of the rest when one is taken out.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { BUSY, StreamError } from '../../lib/engine/errors.ts';
import { TurnEdits } from '../../lib/jobs/turn-edits.ts';
import type { Notice } from '../../lib/protocol/contract.ts';
import { type Branches, createBranches } from '../../lib/store/branches.ts';
import { createKeptRows } from '../../lib/store/kept-rows.ts';
import { createLedger, type Ledger } from '../../lib/store/ledger.ts';
import { createDiskRows, type Rows } from '../../lib/store/rows.ts';
import { turnOf } from './chat-worker.ts';
import { openHistory } from './support/stores.ts';

let count = 0;
let ledger: Ledger;
let branches: Branches;
let notices: Notice[];
let busy: Set<string>;
let edits: TurnEdits;
let removed: string[];
let failure: Error | null;
let awake = 0;

beforeEach(() => {
  const disk = createDiskRows(openHistory(`branches-${++count}`));
  failure = null;
  const rows: Rows = {
    ...disk,
    write: async (change, isFirst) => {
      if (failure) throw failure;
      await disk.write(change, isFirst);
    },
  };
  const kept = createKeptRows(rows, {
    onState: () => {},
    after: () => {},
    keepAwake: () => {
      awake++;
      return () => void awake--;
    },
  });
  ledger = createLedger(kept, 'b1');
  branches = createBranches(kept, 'b1');
  notices = [];
  busy = new Set();
  edits = new TurnEdits({
    ledger,
    branches,
    live: { isBusy: (id) => busy.has(id) },
    notify: (notice) => void notices.push(notice),
    onRemoved: ({ id }) => void removed.push(id),
  });
  removed = [];
});

/** `a` before `b`: written in that order, each a second later than the one before. */
async function lay(...turns: [id: string, parentId: string | null][]): Promise<void> {
  for (const [index, [id, parentId]] of turns.entries())
    await ledger.begin(turnOf(id, { parentId, createdAt: 1000 * (index + 1) }), 'Title');
}
const view = () => ledger.view('c1', () => 'none');
const path = async () => (await view()).turns.map(({ id }) => id).join(' ');
const versions = async () => branches.versions((await view()).turns);

describe('versions', () => {
  it('are told for turns on the path that have others beside them, oldest first', async () => {
    await lay(['a', null], ['b', 'a'], ['c', 'b'], ['b2', 'a'], ['b3', 'a']);
    expect(await path()).toBe('a b3');
    expect(await versions()).toEqual({ b3: ['b', 'b2', 'b3'] });
    expect(await branches.versions([])).toEqual({});
  });

  it('of the first question too', async () => {
    await lay(['a', null], ['b', 'a'], ['a2', null]);
    expect(await versions()).toEqual({ a2: ['a', 'a2'] });
  });
});

describe('a step', () => {
  it('leads to the newest end of what follows', async () => {
    await lay(['a', null], ['b', 'a'], ['c', 'b'], ['c2', 'b'], ['d', 'c'], ['b2', 'a']);
    await edits.select('b');
    expect(await path()).toBe('a b c d');
    await edits.select('c2');
    expect(await path()).toBe('a b c2');
    expect(notices).toEqual(Array(2).fill({ type: 'conversation-changed', conversationId: 'c1' }));
  });

  it('keeps title and time of the conversation', async () => {
    await lay(['a', null], ['a2', null]);
    await edits.select('a');
    expect(await view()).toMatchObject({ title: 'Title' });
  });

  it('is refused while an answer is written there, and where the turn is gone', async () => {
    await lay(['a', null], ['a2', null]);
    busy.add('c1');
    await expect(edits.select('a')).rejects.toEqual(new StreamError('bad-request', BUSY));
    await expect(edits.select('nothing')).rejects.toMatchObject({ code: 'not-found' });
    expect(await path()).toBe('a2');
    expect(notices).toEqual([]);
  });
});

describe('deleting', () => {
  it('takes out one turn; what follows it stays', async () => {
    await lay(['a', null], ['b', 'a'], ['c', 'b'], ['c2', 'b']);
    await edits.remove('b');
    expect(removed).toEqual(['b']);
    expect(await path()).toBe('a c2');
    expect(await versions()).toEqual({ c2: ['c', 'c2'] });
    expect(await ledger.findTurn('b')).toBeUndefined();
    expect((await ledger.findTurn('c2'))?.reply.text).toBe('answer c2');
  });

  it('at the end of the path shows the version beside it, else the turn before', async () => {
    await lay(['a', null], ['b', 'a'], ['c', 'b'], ['b2', 'a']);
    await edits.remove('b2');
    expect(await path()).toBe('a b c');
    await edits.remove('c');
    expect(await path()).toBe('a b');
  });

  it('of the only turn leaves an empty conversation with its name', async () => {
    await lay(['a', null]);
    await edits.remove('a');
    expect(await view()).toMatchObject({ id: 'c1', title: 'Title', turns: [] });
  });

  it('one after the other, however fast they are asked for', async () => {
    await lay(['a', null], ['b', 'a'], ['c', 'b'], ['d', 'c']);
    const both = [edits.remove('b'), edits.remove('c')];
    await edits.settled();
    expect(await path()).toBe('a d');
    await Promise.all(both);
    // Another view was first.
    await edits.remove('b');
    expect(await path()).toBe('a d');
  });

  it('that the disk refuses is said, and nothing is gone', async () => {
    await lay(['a', null], ['b', 'a']);
    failure = new StreamError('storage', 'The space is used up.');
    await expect(edits.remove('a')).rejects.toMatchObject({ code: 'storage' });
    failure = null;
    expect(await path()).toBe('a b');
    // One that failed holds up none of those behind it.
    await edits.remove('a');
    expect(await path()).toBe('b');
  });
});
