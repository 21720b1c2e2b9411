// Conversations that are never stored: their rows are in memory, and in the browser's memory for the next start of the worker, which
// sleeps half a minute after the last word. The disk, its index and its list never hear of them.
import { isTemporary } from '../history/temporary.ts';
import type { KeptRows } from './kept-rows.ts';
import type { ConversationRow, TurnRow } from './row-schema.ts';
import type { Change, Patch } from './rows.ts';

/** What outlives the worker, but not the browser, and is never on disk. */
export interface SessionRows {
  read(key: string): Promise<unknown>;
  write(key: string, value: unknown): Promise<void>;
  forget(key: string): Promise<void>;
}

export interface TemporaryRows extends KeptRows {
  /** Ends a temporary conversation; what is still written for it is dropped. */
  end(conversationId: string): Promise<void>;
}

interface Head {
  current: string | null;
  conversations: ConversationRow[];
  turnIds: string[];
}

const HEAD = 'temporary';

/** Rows of temporary conversations stay here, all others go to `rows`. */
export function createTemporaryRows(rows: KeptRows, session: SessionRows): TemporaryRows {
  return new Aside(rows, session);
}

class Aside implements TemporaryRows {
  private readonly rows: KeptRows;
  private readonly session: SessionRows;
  private readonly turns = new Map<string, TurnRow>();
  private readonly conversations = new Map<string, ConversationRow>();
  private readonly ended = new Set<string>();
  private currentId: string | null = null;
  private loading: Promise<void> | undefined;

  constructor(rows: KeptRows, session: SessionRows) {
    this.rows = rows;
    this.session = session;
  }

  get unsaved(): string | null {
    return this.rows.unsaved;
  }

  async turn(id: string): Promise<unknown> {
    await this.load();
    return this.turns.get(id) ?? this.rows.turn(id);
  }

  async turnsOf(conversationId: string): Promise<unknown[]> {
    if (!isTemporary(conversationId)) return this.rows.turnsOf(conversationId);
    await this.load();
    return [...this.turns.values()].filter((turn) => turn.conversationId === conversationId);
  }

  running(): Promise<unknown[]> {
    return this.rows.running();
  }

  async conversation(id: string): Promise<unknown> {
    if (!isTemporary(id)) return this.rows.conversation(id);
    await this.load();
    return this.conversations.get(id);
  }

  latest(): Promise<unknown> {
    return this.rows.latest();
  }

  async current(): Promise<unknown> {
    await this.load();
    return this.currentId ?? this.rows.current();
  }

  async patch(id: string, change: Patch): Promise<boolean> {
    if (!isTemporary(id)) return this.rows.patch(id, change);
    await this.load();
    const row = this.conversations.get(id);
    if (row) this.conversations.set(id, change(row));
    // One that has ended is known in so far as nothing is to be made anew.
    return row !== undefined || this.ended.has(id);
  }

  async write(change: Change, isFirst?: boolean): Promise<void> {
    await this.load();
    const id = change.current ?? change.conversation?.id ?? change.turns?.[0]?.conversationId;
    if (id !== undefined && isTemporary(id)) return this.keep(change);
    if (change.current !== undefined && this.currentId !== null) {
      this.currentId = null;
      await this.remember();
    }
    return this.rows.write(change, isFirst);
  }

  forget(conversationId?: string): void {
    this.rows.forget(conversationId);
  }

  async end(conversationId: string): Promise<void> {
    await this.load();
    this.ended.add(conversationId);
    this.conversations.delete(conversationId);
    if (this.currentId === conversationId) this.currentId = null;
    const gone = [...this.turns.values()].filter((turn) => turn.conversationId === conversationId);
    for (const { id } of gone) this.turns.delete(id);
    await this.remember();
    for (const { id } of gone) await this.session.forget(keyOf(id)).catch(() => {});
  }

  private async keep({ turns = [], removedTurns = [], conversation, current }: Change): Promise<void> {
    const isOver = (id: string) => this.ended.has(id);
    if (conversation && !isOver(conversation.id)) this.conversations.set(conversation.id, conversation);
    if (current !== undefined && !isOver(current)) this.currentId = current;
    for (const id of removedTurns) {
      this.turns.delete(id);
      await this.session.forget(keyOf(id)).catch(() => {});
    }
    if (conversation || current !== undefined) await this.remember();
    for (const turn of turns) {
      if (isOver(turn.conversationId)) continue;
      const isNew = !this.turns.has(turn.id);
      this.turns.set(turn.id, turn);
      if (isNew) await this.remember();
      // Where the browser's memory is full, the worker's own is all there is.
      await this.session.write(keyOf(turn.id), turn).catch(() => {});
    }
  }

  private async remember(): Promise<void> {
    const head: Head = {
      current: this.currentId,
      conversations: [...this.conversations.values()],
      turnIds: [...this.turns.keys()],
    };
    await this.session.write(HEAD, head).catch(() => {});
  }

  private load(): Promise<void> {
    this.loading ??= this.read().catch(() => {});
    return this.loading;
  }

  private async read(): Promise<void> {
    // Written by this class alone, into a place that no page can reach.
    const head = (await this.session.read(HEAD)) as Head | undefined;
    if (!head) return;
    this.currentId = head.current;
    for (const row of head.conversations) this.conversations.set(row.id, row);
    for (const id of head.turnIds) {
      const turn = (await this.session.read(keyOf(id))) as TurnRow | undefined;
      if (turn) this.turns.set(id, turn);
    }
  }
}

function keyOf(turnId: string): string {
  return `${HEAD}:${turnId}`;
}
