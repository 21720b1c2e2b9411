// Conversations as a list: pages, names, pins, deletions that can be taken back, and those that are never stored.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { titleFrom } from '../../lib/history/title.ts';
import { LiveTurns } from '../../lib/jobs/live-turns.ts';
import { Shelving, toEntry, UNDO_MS } from '../../lib/jobs/shelving.ts';
import type { Notice } from '../../lib/protocol/contract.ts';
import { createKeptRows } from '../../lib/store/kept-rows.ts';
import { createLedger } from '../../lib/store/ledger.ts';
import { HISTORY_MIGRATIONS } from '../../lib/store/migrations.ts';
import { createDiskRows } from '../../lib/store/rows.ts';
import { createShelf } from '../../lib/store/shelf.ts';
import { createTemporaryRows } from '../../lib/store/temporary-rows.ts';
import { turnOf } from './chat-worker.ts';
import { dump, openHistory, openMigrated } from './support/stores.ts';

let name = '';
let count = 0;
let session: Map<string, unknown>;
beforeEach(() => {
  name = `shelf-${++count}`;
  session = new Map();
});

/** A start of the worker. */
function createWorker(boot = 'b1') {
  const history = openHistory(name);
  const notices: Notice[] = [];
  const due: (() => void)[] = [];
  const forgotten: string[] = [];
  let time = 1000;
  let ids = 0;
  const kept = createKeptRows(createDiskRows(history), {
    onState: () => {},
    after: () => {},
    keepAwake: () => () => {},
  });
  const rows = createTemporaryRows(kept, {
    read: async (key) => structuredClone(session.get(key)),
    write: async (key, value) => void session.set(key, structuredClone(value)),
    forget: async (key) => void session.delete(key),
  });
  const notify = (notice: Notice) => void notices.push(notice);
  const ledger = createLedger(rows, boot, (row) =>
    notify({ type: 'conversation-listed', entry: toEntry(row) }),
  );
  const shelving = new Shelving({
    live: new LiveTurns(),
    rows,
    shelf: createShelf(history),
    ledger,
    versionsOf: () => Promise.resolve({}),
    forgetSearch: async (some) => void forgotten.push(...(some ?? ['all'])),
    seen: () => {},
    notify,
    newId: () => `new${++ids}`,
    now: () => time,
    after: (_, callback) => void due.push(callback),
  });
  const say = (conversationId: string, at: number, more: object = {}) =>
    ledger.begin(
      turnOf(`t-${conversationId}`, { conversationId, createdAt: at, ...more }),
      titleFrom(`About ${conversationId}`),
    );
  return {
    ledger,
    shelving,
    notices,
    forgotten,
    say,
    pass: async (ms: number) => {
      time += ms;
      for (const callback of due.splice(0)) callback();
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

async function onDisk() {
  const database = await openMigrated(name, HISTORY_MIGRATIONS);
  const found = await dump(database);
  database.close();
  return found;
}

const idsOf = (entries: { id: string }[]) => entries.map(({ id }) => id);

describe('pages', () => {
  it('come newest first, those of one instant once each, the pinned before them', async () => {
    const { say, shelving } = createWorker();
    for (let at = 0; at < 150; at++) await say(`c${at}`, Math.floor(at / 40));
    await shelving.pin('c7', true);
    await shelving.pin('c9', true);
    const first = await shelving.page();
    expect(idsOf(first.pinned)).toEqual(['c9', 'c7']);
    expect(first.entries).toHaveLength(60);
    expect(first.hasMore).toBe(true);
    const seen = idsOf(first.entries);
    for (let page = first; page.hasMore; ) {
      const last = page.entries.at(-1);
      page = await shelving.page(last && { updatedAt: last.updatedAt, id: last.id });
      expect(page.pinned).toEqual([]);
      seen.push(...idsOf(page.entries));
    }
    expect(new Set(seen).size).toBe(148);
    expect(seen).toHaveLength(148);
    await shelving.pin('c7', false);
    expect(idsOf((await shelving.page()).pinned)).toEqual(['c9']);
  });
});

describe('a title', () => {
  it('that a person wrote stays, whatever is asked and answered', async () => {
    const { ledger, shelving } = createWorker();
    const turn = turnOf('t1', { userText: 'Hi', state: 'streaming' });
    await ledger.begin(turn, titleFrom('Hi'));
    expect((await shelving.page()).entries[0]?.title).toBe('Hi');
    await ledger.save({ ...turn, state: 'done', reply: { ...turn.reply, text: '# Rivers\n\nThey run.' } });
    expect((await shelving.page()).entries[0]?.title).toBe('Rivers');
    await shelving.rename('c1', 'Mine');
    await ledger.save({ ...turn, state: 'done' });
    await ledger.begin(turnOf('t2', { parentId: 't1', createdAt: 5 }), 'Another');
    expect((await shelving.page()).entries[0]?.title).toBe('Mine');
    await expect(shelving.rename('nobody', 'x')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a deletion', () => {
  it('hides at once, and can be taken back for some seconds, by another worker too', async () => {
    const before = createWorker();
    await before.say('c1', 1);
    await before.say('c2', 2);
    await before.shelving.delete('c2');
    expect(before.notices.at(-1)).toEqual({ type: 'conversation-removed', conversationId: 'c2' });
    const page = await before.shelving.page();
    expect(idsOf(page.entries)).toEqual(['c1']);
    expect(page.deleted?.id).toBe('c2');
    expect((await before.ledger.view('c2', () => 'x')).turns).toEqual([]);
    // It was on screen: what opens next shows something new.
    expect((await before.ledger.view(undefined, () => 'x')).id).toBe('new1');
    const after = createWorker('b2');
    await after.shelving.sweep();
    expect(await after.shelving.restore('c2')).toBe(true);
    expect(idsOf((await after.shelving.page()).entries)).toEqual(['c2', 'c1']);
    expect((await after.ledger.view('c2', () => 'x')).turns).toHaveLength(1);
  });

  it('is for good afterwards, in the search too', async () => {
    const { say, shelving, pass, forgotten } = createWorker();
    await say('c1', 1);
    await say('c2', 2);
    await shelving.delete('c2');
    await pass(UNDO_MS - 1);
    expect((await onDisk())['turns']).toHaveLength(2);
    await pass(1);
    const { turns, conversations } = await onDisk();
    expect(turns).toMatchObject([{ conversationId: 'c1' }]);
    expect(conversations).toMatchObject([{ id: 'c1' }]);
    expect(forgotten).toEqual(['c2']);
    expect(await shelving.restore('c2')).toBe(false);
  });

  it('of all leaves nothing', async () => {
    const { say, shelving, forgotten, notices } = createWorker();
    await say('c1', 1);
    await say('temporary-x', 2);
    await shelving.deleteAll();
    const { turns, conversations, meta } = await onDisk();
    expect([turns, conversations, meta]).toEqual([[], [], ['new1']]);
    expect(forgotten).toEqual(['all']);
    expect(JSON.stringify([...session])).not.toContain('question');
    expect(notices.at(-1)).toEqual({ type: 'conversation-removed', conversationId: null });
  });
});

describe('a temporary conversation', () => {
  it('is never on disk, outlives its worker, and is gone when it has ended', async () => {
    const before = createWorker();
    await before.say('c1', 1);
    const view = await before.shelving.begin(true);
    expect(view.id).toMatch(/^temporary-/);
    const turn = turnOf('secret', { conversationId: view.id, createdAt: 3, state: 'streaming' });
    await before.ledger.begin(turn, 'A secret');
    await before.ledger.save({ ...turn, state: 'done' });
    expect(JSON.stringify(await onDisk())).not.toMatch(/secret|temporary/);

    const after = createWorker('b2');
    expect(await after.ledger.view(undefined, () => 'x')).toMatchObject({
      id: view.id,
      turns: [{ id: 'secret', state: 'done' }],
    });
    expect(await after.ledger.path('secret')).toHaveLength(1);
    expect(idsOf((await after.shelving.page()).entries)).toEqual(['c1']);

    await after.shelving.delete(view.id);
    // What was still being written is not written any more.
    await after.ledger.save({ ...turn, state: 'done' });
    expect(await after.ledger.findTurn('secret')).toBeUndefined();
    expect(JSON.stringify([...session])).not.toContain('secret');
    expect(JSON.stringify(await onDisk())).not.toContain('secret');
  });
});
