// What the search reads of the history. It only ever reads: the background worker is the one that writes there.
import type { Connection } from '../store/database.ts';
import { answerOf, endOf } from '../store/idb.ts';
import { SHARDS } from '../store/search-rows.ts';
import type { ShardRow } from './shard.ts';

/** A conversation as the list has it. */
export interface Listed {
  id: string;
  title: string;
  updatedAt: number;
  /** Another number where anything of it has changed. */
  stamp: number;
}

export interface SaidTurn {
  id: string;
  createdAt: number;
  question: string;
  answer: string;
}

/** All that are not deleted, newest first. */
export async function readListed({ run }: Connection): Promise<Listed[]> {
  const rows = await run((db) =>
    answerOf<unknown[]>(db.transaction('conversations').objectStore('conversations').getAll()),
  );
  return rows.flatMap(toListed).sort((a, b) => b.updatedAt - a.updatedAt);
}

function toListed(row: unknown): Listed[] {
  const { id, title, updatedAt, changedAt, deletedAt } = (row ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || deletedAt !== undefined) return [];
  const at = typeof updatedAt === 'number' ? updatedAt : 0;
  const stamp = typeof changedAt === 'number' ? changedAt : at;
  return [{ id, title: typeof title === 'string' ? title : '', updatedAt: at, stamp }];
}

/** The turns of conversations, in the order of `ids`; each oldest first. */
export async function readTurns({ run }: Connection, ids: readonly string[]): Promise<SaidTurn[][]> {
  return run((db) => {
    const index = db.transaction('turns').objectStore('turns').index('conversationId');
    return Promise.all(
      ids.map(async (id) => (await answerOf<unknown[]>(index.getAll(id))).flatMap(toTurn).sort(byTime)),
    );
  });
}

function toTurn(row: unknown): SaidTurn[] {
  const { id, createdAt, userText, reply } = (row ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string') return [];
  const text = typeof reply === 'object' && reply !== null ? (reply as Record<string, unknown>)['text'] : '';
  return [
    {
      id,
      createdAt: typeof createdAt === 'number' ? createdAt : 0,
      question: typeof userText === 'string' ? userText : '',
      answer: typeof text === 'string' ? text : '',
    },
  ];
}

function byTime(a: SaidTurn, b: SaidTurn): number {
  return a.createdAt - b.createdAt;
}

/** What is written down of the index, the newest shard first, one at a time: together they may be large. `visit` returns false to end. */
export async function eachShard(
  { run }: Connection,
  visit: (row: unknown) => Promise<boolean>,
): Promise<void> {
  const keys = await run((db) => answerOf(db.transaction(SHARDS).objectStore(SHARDS).getAllKeys()));
  for (const key of keys.reverse()) {
    const row: unknown = await run((db) => answerOf(db.transaction(SHARDS).objectStore(SHARDS).get(key)));
    if (!(await visit(row))) return;
  }
}

export async function writeShard({ run }: Connection, row: ShardRow): Promise<void> {
  await run((db) => {
    const writing = db.transaction(SHARDS, 'readwrite');
    writing.objectStore(SHARDS).put(row);
    return endOf(writing);
  });
}

export async function dropShard({ run }: Connection, key: number): Promise<void> {
  await run((db) => {
    const writing = db.transaction(SHARDS, 'readwrite');
    writing.objectStore(SHARDS).delete(key);
    return endOf(writing);
  });
}
