// The ledger: conversations and their turns. The worker is its only writer. A turn is committed before anything is sent, so what
// the user paid for can always be found again.
import { splitThink } from '../engine/think.ts';
import { titleFrom } from '../history/title.ts';
import type { ConversationView, Turn } from '../protocol/contract.ts';
import { withHead } from './head.ts';
import type { KeptRows } from './kept-rows.ts';
import { type ConversationRow, RUNNING_STATES, readConversation, readTurn } from './row-schema.ts';

export interface Ledger {
  /**
   * Writes a new turn, makes it the head of its conversation (made where it is new) and the conversation the current one.
   * `system`: the conversation's own instructions from now on; those it has stay where it is not given.
   * @throws StreamError `storage` when that is not on disk
   */
  begin(turn: Turn, title: string, system?: string): Promise<void>;
  /** Writes a turn again; where the disk refuses, it is kept in memory and written later. */
  save(turn: Turn): Promise<void>;
  findTurn(id: string): Promise<Turn | undefined>;
  /** The turns from the first to `turnId`; empty for null. */
  path(turnId: string | null): Promise<Turn[]>;
  /** The conversation with this id, or the current one; a new, empty one where there is none. */
  view(id: string | undefined, newId: () => string): Promise<ConversationView>;
  setCurrent(id: string): Promise<void>;
  /** A conversation with every turn of every branch, oldest first; undefined where it is not there, or is to go. */
  whole(id: string): Promise<{ row: ConversationRow; turns: Turn[] } | undefined>;
  /** Ends the turns that a worker which is no more left running; resolves with them. */
  endOrphans(): Promise<Turn[]>;
}

/** `boot` names this start of the worker: turns that another one left running have ended. `onListed`: a conversation's turns, title or place in the list have changed. */
export function createLedger(
  rows: KeptRows,
  boot: string,
  onListed: (row: ConversationRow) => void = () => {},
): Ledger {
  return new RowLedger(rows, boot, onListed);
}

class RowLedger implements Ledger {
  private readonly rows: KeptRows;
  private readonly boot: string;
  private readonly onListed: (row: ConversationRow) => void;

  constructor(rows: KeptRows, boot: string, onListed: (row: ConversationRow) => void) {
    this.rows = rows;
    this.boot = boot;
    this.onListed = onListed;
  }

  async begin(turn: Turn, title: string, system?: string): Promise<void> {
    const known = readConversation(await this.rows.conversation(turn.conversationId));
    const conversation = withHead(turn, title, known, system);
    await this.rows.write({ turns: [this.row(turn)], conversation, current: turn.conversationId }, true);
    this.onListed(conversation);
  }

  async save(turn: Turn): Promise<void> {
    await this.rows.write({ turns: [this.row(turn)] });
    if (RUNNING_STATES.includes(turn.state)) return;
    const { conversationId } = turn;
    // Where the disk refuses, the list and the search learn of it later.
    const isKnown = await this.rows
      .patch(conversationId, (row) => {
        const ended = withEnd(turn, row);
        this.onListed(ended);
        return ended;
      })
      .catch(async () => (await this.rows.conversation(conversationId)) !== undefined);
    // The history may have been cleared while it was written: an answer that no conversation leads to would be lost.
    if (isKnown) return;
    const conversation = withHead(turn, titleOf(turn), undefined);
    await this.rows.write({ conversation, current: conversationId });
  }

  async findTurn(id: string): Promise<Turn | undefined> {
    return readTurn(await this.rows.turn(id), this.boot);
  }

  /** `within`: the conversation that the turn is in, where that is known. */
  async path(turnId: string | null, within?: string): Promise<Turn[]> {
    const turns: Turn[] = [];
    // All at once: a long conversation would be hundreds of questions to the disk.
    let rows = within === undefined ? undefined : byId(await this.rows.turnsOf(within));
    for (let id = turnId; id !== null; ) {
      const turn: Turn | undefined = readTurn(rows?.get(id), this.boot) ?? (await this.findTurn(id));
      if (turn?.parentId) rows ??= byId(await this.rows.turnsOf(turn.conversationId));
      // A loop, which only damaged rows can make, ends the path; so does a turn that is not there.
      if (!turn || turns.some((seen) => seen.id === turn.id)) break;
      turns.push(turn);
      id = turn.parentId ?? (turn.isDamaged ? await this.findBefore(turn, turns) : null);
    }
    return turns.reverse();
  }

  async view(id: string | undefined, newId: () => string): Promise<ConversationView> {
    const row =
      id === undefined ? await this.currentRow() : readConversation(await this.rows.conversation(id));
    const isGone = row?.deletedAt !== undefined;
    const current = id ?? row?.id ?? (await this.currentId()) ?? (await this.beginNew(newId()));
    const turns = row && !isGone ? await this.path(row.head ?? (await this.findHead(row.id)), row.id) : [];
    const own = row?.system && !isGone ? { system: row.system } : {};
    const title = isGone ? '' : (row?.title ?? '');
    return { id: current, title, turns, unsaved: this.rows.unsaved, ...own };
  }

  setCurrent(id: string): Promise<void> {
    return this.rows.write({ current: id });
  }

  async whole(id: string): Promise<{ row: ConversationRow; turns: Turn[] } | undefined> {
    const row = readConversation(await this.rows.conversation(id));
    if (!row || row.deletedAt !== undefined) return undefined;
    return { row, turns: (await this.newestFirst(id)).reverse() };
  }

  async endOrphans(): Promise<Turn[]> {
    const ended = (await this.rows.running())
      .map((row) => readTurn(row, this.boot))
      .filter((turn) => turn !== undefined)
      .filter((turn) => !turn.isDamaged && !RUNNING_STATES.includes(turn.state));
    if (ended.length > 0) await this.rows.write({ turns: ended.map((turn) => this.row(turn)) });
    return ended;
  }

  /** So that the next view that is opened shows the same empty conversation. */
  private async beginNew(id: string): Promise<string> {
    await this.setCurrent(id);
    return id;
  }

  private row(turn: Turn) {
    return { ...turn, boot: this.boot };
  }

  private async currentId(): Promise<string | undefined> {
    const current = await this.rows.current();
    return typeof current === 'string' ? current : undefined;
  }

  /** The row of the conversation on screen; undefined where that is a new one, which has none yet. */
  private async currentRow(): Promise<ConversationRow | undefined> {
    const id = await this.currentId();
    if (id !== undefined) return readConversation(await this.rows.conversation(id));
    return readConversation(await this.rows.latest());
  }

  /** The last turn of a conversation whose row has lost it. */
  private async findHead(conversationId: string): Promise<string | null> {
    return (await this.newestFirst(conversationId))[0]?.id ?? null;
  }

  /** What most likely came before a turn whose row has lost that. */
  private async findBefore(turn: Turn, seen: readonly Turn[]): Promise<string | null> {
    const after = seen.find((other) => other.parentId === turn.id);
    const conversationId = turn.conversationId || after?.conversationId;
    if (!conversationId) return null;
    const until = turn.createdAt || after?.createdAt || 0;
    const before = (await this.newestFirst(conversationId)).find(
      (other) => other.createdAt < until && !seen.some(({ id }) => id === other.id),
    );
    return before?.id ?? null;
  }

  private async newestFirst(conversationId: string): Promise<Turn[]> {
    const rows = await this.rows.turnsOf(conversationId);
    return rows
      .map((row) => readTurn(row, this.boot))
      .filter((turn) => turn !== undefined)
      .sort((a, b) => b.createdAt - a.createdAt);
  }
}

/** The row once `turn` has ended: the answer may say better than the question what it is about. */
function withEnd(turn: Turn, row: ConversationRow): ConversationRow {
  // Only a title that was made of the question is made better: any other may be a person's.
  const isMade = row.isNamed !== true && row.title === titleFrom(turn.userText);
  const title = isMade && turn.parentId === null ? titleOf(turn) || row.title : row.title;
  return { ...row, title, changedAt: Date.now() };
}

function titleOf({ userText, reply }: Turn): string {
  return titleFrom(userText, splitThink(reply.text).text);
}

function byId(rows: readonly unknown[]): Map<unknown, unknown> {
  return new Map(rows.map((row) => [(row as { id?: unknown } | null)?.id, row]));
}
