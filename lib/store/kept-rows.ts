// Rows that outlive a disk that fails: what cannot be written stays in memory, is read from there, and is written as soon as the disk
// takes it. Nothing that the user paid for is given up while the worker lives, and the user is told meanwhile.
import { StreamError } from '../engine/errors.ts';
import { CannotOpen } from './database.ts';
import { type ConversationRow, RUNNING_STATES, type TurnRow } from './row-schema.ts';
import type { Change, Patch, Rows } from './rows.ts';

export interface KeptOptions {
  /** Called when storing stops working (with the reason, for a person) and when it works again (null). */
  onState(unsaved: string | null): void;
  /** Calls back once after `ms`. */
  after(ms: number, callback: () => void): void;
  /** Holds the worker awake until the returned function is called. */
  keepAwake(): () => void;
}

export interface KeptRows extends Rows {
  /** Why rows are not on disk; null where all are. */
  readonly unsaved: string | null;
  /** Lets go of what is only in memory: of one conversation, of all without an id. */
  forget(conversationId?: string): void;
}

const TRY_AGAIN_MS = 5000;
/** How often an awake worker tries; after that it may sleep, and what is in memory ends with it. */
const MAX_TRIES = 120;

export function createKeptRows(disk: Rows, options: KeptOptions): KeptRows {
  return new Overlay(disk, options);
}

class Overlay implements KeptRows {
  unsaved: string | null = null;
  private readonly disk: Rows;
  private readonly options: KeptOptions;
  private readonly turns = new Map<string, TurnRow>();
  private readonly conversations = new Map<string, ConversationRow>();
  private currentId: string | undefined;
  private isTrying = false;

  constructor(disk: Rows, options: KeptOptions) {
    this.disk = disk;
    this.options = options;
  }

  async turn(id: string): Promise<unknown> {
    return this.turns.get(id) ?? (await this.read((disk) => disk.turn(id), undefined));
  }

  async turnsOf(conversationId: string): Promise<unknown[]> {
    const kept = [...this.turns.values()].filter((turn) => turn.conversationId === conversationId);
    return [...(await this.read((disk) => disk.turnsOf(conversationId), [])), ...kept];
  }

  async running(): Promise<unknown[]> {
    const kept = [...this.turns.values()].filter(({ state }) => RUNNING_STATES.includes(state));
    return [...(await this.read((disk) => disk.running(), [])), ...kept];
  }

  async conversation(id: string): Promise<unknown> {
    return this.conversations.get(id) ?? (await this.read((disk) => disk.conversation(id), undefined));
  }

  async latest(): Promise<unknown> {
    return [...this.conversations.values()].at(-1) ?? (await this.read((disk) => disk.latest(), undefined));
  }

  async current(): Promise<unknown> {
    return this.currentId ?? (await this.read((disk) => disk.current(), undefined));
  }

  async write(change: Change, isFirst = false): Promise<void> {
    try {
      await this.disk.write(change, isFirst);
    } catch (error) {
      // A full disk may still be freed, so the user decides before anything is paid for; a history that cannot be opened at all
      // must not keep anybody from asking.
      if (isFirst && !(error instanceof CannotOpen)) throw error;
      // What is on disk still would come back with the next worker, so nobody may believe that it is gone.
      if (change.removedTurns) throw error;
      this.keep(change, wordsOf(error));
      return;
    }
    for (const turn of change.turns ?? []) this.turns.delete(turn.id);
    for (const id of change.removedTurns ?? []) this.turns.delete(id);
    if (this.unsaved !== null) await this.flush();
  }

  async patch(id: string, change: Patch): Promise<boolean> {
    const kept = this.conversations.get(id);
    if (!kept) return this.disk.patch(id, change);
    this.conversations.set(id, change(kept));
    return true;
  }

  forget(conversationId?: string): void {
    const goes = (id: string) => conversationId === undefined || id === conversationId;
    for (const turn of [...this.turns.values()]) if (goes(turn.conversationId)) this.turns.delete(turn.id);
    for (const id of [...this.conversations.keys()]) if (goes(id)) this.conversations.delete(id);
    if (this.currentId !== undefined && goes(this.currentId)) this.currentId = undefined;
  }

  /** Reads from disk; where that cannot be opened, what is in memory is all there is. */
  private async read<T>(work: (disk: Rows) => Promise<T>, otherwise: T): Promise<T> {
    try {
      const found = await work(this.disk);
      if (this.unsaved !== null && !this.isTrying) void this.flush();
      return found;
    } catch (error) {
      if (!(error instanceof CannotOpen)) throw error;
      this.setUnsaved(wordsOf(error));
      return otherwise;
    }
  }

  private keep({ turns = [], conversation, current }: Change, why: string): void {
    for (const turn of turns) this.turns.set(turn.id, turn);
    if (conversation) this.conversations.set(conversation.id, conversation);
    if (current !== undefined) this.currentId = current;
    this.setUnsaved(why);
    if (!this.isTrying) void this.tryUntilWritten();
  }

  private async tryUntilWritten(): Promise<void> {
    this.isTrying = true;
    const release = this.options.keepAwake();
    for (let tries = 0; tries < MAX_TRIES && this.unsaved !== null; tries++) {
      await new Promise<void>((resolve) => this.options.after(TRY_AGAIN_MS, resolve));
      await this.flush();
    }
    this.isTrying = false;
    release();
  }

  /** Writes everything that is only in memory. */
  private async flush(): Promise<void> {
    const turns = [...this.turns.values()];
    const conversations = [...this.conversations.values()];
    const current = this.currentId;
    try {
      for (const conversation of conversations) await this.disk.write({ conversation });
      await this.disk.write({ turns, current });
    } catch (error) {
      this.setUnsaved(wordsOf(error));
      return;
    }
    for (const turn of turns) if (this.turns.get(turn.id) === turn) this.turns.delete(turn.id);
    for (const row of conversations)
      if (this.conversations.get(row.id) === row) this.conversations.delete(row.id);
    if (this.currentId === current) this.currentId = undefined;
    if (this.turns.size === 0 && this.conversations.size === 0) this.setUnsaved(null);
  }

  private setUnsaved(why: string | null): void {
    if (this.unsaved === why) return;
    this.unsaved = why;
    this.options.onState(why);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof StreamError ? error.message : String(error);
}
