// The ledger: conversations and their turns. The worker is its only writer. A turn is committed before anything is sent, so what
// the user paid for can always be found again.
import type { ConversationView, Turn, TurnState } from '../protocol/contract.ts';
import { asStorageError, type ConversationRow, type Database, openDatabase } from './database.ts';

export interface Ledger {
  /** Writes a new turn, makes it the head of its conversation (made where it is new) and the conversation the current one. */
  begin(turn: Turn, title: string): Promise<void>;
  /** Writes a turn again. */
  save(turn: Turn): Promise<void>;
  findTurn(id: string): Promise<Turn | undefined>;
  /** The turns from the first to `turnId`; empty for null. */
  path(turnId: string | null): Promise<Turn[]>;
  /** The conversation with this id, or the current one; a new, empty one where there is none. */
  view(id: string | undefined, newId: () => string): Promise<ConversationView>;
  setCurrent(id: string): Promise<void>;
  /** Ends the turns that a worker which is no more left running. */
  endOrphans(): Promise<void>;
}

const RUNNING: readonly TurnState[] = ['waiting', 'streaming', 'retrying', 'continuing'];

export function createLedger(open: () => Promise<Database> = openDatabase): Ledger {
  let opened: Promise<Database> | undefined;
  /** Opens once; a failed opening is tried again by the next call. */
  async function database(): Promise<Database> {
    opened ??= open();
    try {
      return await opened;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  }
  async function run<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const db = await database();
    try {
      return await work(db);
    } catch (error) {
      throw asStorageError(error);
    }
  }
  return {
    begin: (turn, title) => run((db) => begin(db, turn, title)),
    save: (turn) => run(async (db) => void (await db.put('turns', turn))),
    findTurn: (id) => run((db) => db.get('turns', id)),
    path: (turnId) => run((db) => path(db, turnId)),
    view: (id, newId) => run((db) => view(db, id, newId)),
    setCurrent: (id) => run(async (db) => void (await db.put('meta', id, 'current'))),
    endOrphans: () => run(endOrphans),
  };
}

async function begin(db: Database, turn: Turn, title: string): Promise<void> {
  const transaction = db.transaction(['turns', 'conversations', 'meta'], 'readwrite', {
    durability: 'strict',
  });
  const conversations = transaction.objectStore('conversations');
  const known = await conversations.get(turn.conversationId);
  const row: ConversationRow = {
    id: turn.conversationId,
    title: known?.title || title,
    head: turn.id,
    createdAt: known?.createdAt ?? turn.createdAt,
    updatedAt: turn.createdAt,
  };
  await Promise.all([
    transaction.objectStore('turns').put(turn),
    conversations.put(row),
    transaction.objectStore('meta').put(turn.conversationId, 'current'),
    transaction.done,
  ]);
}

async function path(db: Database, turnId: string | null): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (let id = turnId; id !== null; ) {
    const turn: Turn | undefined = await db.get('turns', id);
    // A damaged row, or a loop that only a damaged row can make, ends the path; what comes after it is still shown.
    if (!turn || turns.some((seen) => seen.id === turn.id)) break;
    turns.push(turn);
    id = turn.parentId;
  }
  return turns.reverse();
}

async function view(db: Database, id: string | undefined, newId: () => string): Promise<ConversationView> {
  const wanted = id ?? (await db.get('meta', 'current'));
  const row = wanted === undefined ? undefined : await db.get('conversations', wanted);
  if (!row) return { id: wanted ?? newId(), title: '', turns: [] };
  return { id: row.id, title: row.title, turns: await path(db, row.head) };
}

async function endOrphans(db: Database): Promise<void> {
  const transaction = db.transaction('turns', 'readwrite');
  const byState = transaction.store.index('state');
  for (const state of RUNNING) {
    for (const turn of await byState.getAll(state)) await transaction.store.put(orphan(turn));
  }
  await transaction.done;
}

/** A turn whose worker died: partial where something had come. */
function orphan(turn: Turn): Turn {
  const { text, reasoning } = turn.reply;
  return {
    ...turn,
    state: text || reasoning ? 'partial' : 'failed',
    trouble: {
      code: 'interrupted',
      message: 'The background worker stopped while the answer was being written.',
    },
  };
}
