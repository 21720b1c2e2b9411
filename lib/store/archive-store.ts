// The whole history out of the database and into it. The options page does this itself, not the worker: what goes through a port has an
// end at 64 MB, and one transaction cannot be spread over several messages.
import { frameOf } from '../history/archive.ts';
import type { WholeConversation } from '../protocol/history.ts';
import { say } from '../words/say.ts';
import type { Connection } from './database.ts';
import { answerOf, endOf } from './idb.ts';
import { MAX_FILE, readFile } from './import-file.ts';
import { type ConversationRow, readConversation, readTurn } from './row-schema.ts';

export interface ImportPreview {
  /** What is new, and would be stored. */
  conversations: WholeConversation[];
  messages: number;
  /** How many are stored already, and stay as they are. */
  existing: number;
  problems: string[];
}

/** @throws StreamError `storage`, CannotOpen from every method */
export interface Archive {
  /** Everything as a JSON file of the version that import-file.ts reads. */
  exportAll(now: Date): Promise<{ file: Blob; count: number }>;
  /** What a file would bring; stores nothing. */
  preview(file: Pick<Blob, 'size' | 'text'>): Promise<ImportPreview>;
  /** Stores what a preview has found, all or nothing. Overwrites nothing: where something is there by now, it fails. */
  store(conversations: readonly WholeConversation[]): Promise<void>;
}

export function createArchive(connection: Connection): Archive {
  return {
    exportAll: (now) => exportAll(connection, now),
    preview: (file) => preview(connection, file),
    store: (conversations) => connection.run((db) => store(db, conversations)),
  };
}

/** So many conversations are read at once. */
const STEP = 50;

async function exportAll({ run }: Connection, now: Date): Promise<{ file: Blob; count: number }> {
  const rows = await run(async (db) => {
    const all: unknown[] = await answerOf(
      db.transaction('conversations').objectStore('conversations').index('updatedAt').getAll(),
    );
    return all.map(readConversation).filter((row) => row !== undefined && row.deletedAt === undefined);
  });
  const known = rows.filter((row) => row !== undefined).reverse();
  const { before, behind } = frameOf(now);
  const parts: Blob[] = [];
  for (let from = 0; from < known.length; from += STEP) {
    const some = known.slice(from, from + STEP);
    const texts = await run((db) => {
      const index = db.transaction('turns').objectStore('turns').index('conversationId');
      return Promise.all(
        some.map(async (row) => JSON.stringify(wholeOf(row, await answerOf(index.getAll(row.id))))),
      );
    });
    // The browser may put a Blob on disk; strings stay in memory.
    parts.push(new Blob([from === 0 ? '' : ',\n', texts.join(',\n')]));
  }
  return { file: new Blob([before, ...parts, behind], { type: 'application/json' }), count: known.length };
}

function wholeOf(
  { deletedAt: _d, changedAt: _c, ...row }: ConversationRow,
  rows: unknown[],
): WholeConversation {
  const turns = rows
    .map((turn) => readTurn(turn, ''))
    .filter((turn) => turn !== undefined)
    // A message that cannot be read cannot be stored again either.
    .filter((turn) => !turn.isDamaged)
    .sort((a, b) => a.createdAt - b.createdAt);
  const head = turns.some(({ id }) => id === row.head) ? row.head : (turns.at(-1)?.id ?? null);
  return { ...row, head, turns };
}

async function preview({ run }: Connection, file: Pick<Blob, 'size' | 'text'>): Promise<ImportPreview> {
  const refuse = (problem: string) => ({ conversations: [], messages: 0, existing: 0, problems: [problem] });
  if (file.size > MAX_FILE) return refuse(say('fileOver200'));
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return refuse(say('fileUnreadable'));
  const { conversations, problems } = readFile(text);
  const known = await run(async (db) => {
    const reading = db.transaction(['conversations', 'turns']);
    const [ids, turnIds] = await Promise.all([
      answerOf(reading.objectStore('conversations').getAllKeys()),
      answerOf(reading.objectStore('turns').getAllKeys()),
    ]);
    return { ids: new Set<unknown>(ids), turnIds: new Set<unknown>(turnIds) };
  });
  const fresh = conversations.filter(({ id }) => !known.ids.has(id));
  const clash = fresh.find(({ turns }) => turns.some(({ id }) => known.turnIds.has(id)));
  if (clash) problems.push(say('fileMessageStored', clash.title));
  return {
    conversations: fresh,
    messages: fresh.reduce((sum, { turns }) => sum + turns.length, 0),
    existing: conversations.length - fresh.length,
    problems,
  };
}

async function store(db: IDBDatabase, conversations: readonly WholeConversation[]): Promise<void> {
  const writing = db.transaction(['conversations', 'turns'], 'readwrite', { durability: 'strict' });
  const end = endOf(writing);
  try {
    for (const { turns, ...row } of conversations) {
      writing.objectStore('conversations').add(row);
      for (const turn of turns) writing.objectStore('turns').add({ ...turn, boot: '' });
    }
  } catch (error) {
    // A value that cannot be stored: without this, what came before it would be.
    writing.abort();
    await end.catch(() => {});
    throw error;
  }
  await end;
}
