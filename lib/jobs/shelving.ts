// What a person does with conversations in the list: naming, pinning, deleting with some seconds to take it back.
import { GONE, StreamError } from '../engine/errors.ts';
import { isTemporary, temporaryId } from '../history/temporary.ts';
import type { ConversationView, Notice, Turn, Versions } from '../protocol/contract.ts';
import type { ConversationEntry, ConversationPage, WholeConversation } from '../protocol/history.ts';
import type { LiveTurns } from './live-turns.ts';

/** A conversation's row, as far as the list goes. */
interface Row {
  id: string;
  title: string;
  head: string | null;
  createdAt: number;
  updatedAt: number;
  changedAt?: number;
  isNamed?: true;
  pinnedAt?: number;
  deletedAt?: number;
}

export interface ShelvingDeps {
  live: LiveTurns;
  shelf: {
    page(after: { updatedAt: number; id: string } | undefined, limit: number): Promise<Row[]>;
    pinned(): Promise<Row[]>;
    deleted(): Promise<Row[]>;
    purge(ids: readonly string[]): Promise<void>;
    clear(): Promise<void>;
  };
  rows: {
    patch(id: string, change: (row: Row) => Row): Promise<boolean>;
    current(): Promise<unknown>;
    /** Lets go of what is only in memory. */
    forget(conversationId?: string): void;
    /** Ends a temporary conversation. */
    end(conversationId: string): Promise<void>;
  };
  ledger: {
    setCurrent(id: string): Promise<void>;
    view(id: string | undefined, newId: () => string): Promise<ConversationView>;
    whole(id: string): Promise<{ row: Row; turns: Turn[] } | undefined>;
  };
  versionsOf(path: readonly Turn[]): Promise<Versions>;
  /** Takes what the search knows of conversations out of its index; of all without ids. */
  forgetSearch(ids?: readonly string[]): Promise<void>;
  seen(conversationId: string): void;
  notify(notice: Notice): void;
  newId(): string;
  now(): number;
  after(ms: number, callback: () => void): void;
}

/** How long a deletion can be taken back, ms. */
export const UNDO_MS = 10_000;
const PAGE = 60;

export class Shelving {
  private readonly deps: ShelvingDeps;

  constructor(deps: ShelvingDeps) {
    this.deps = deps;
  }

  async page(after?: { updatedAt: number; id: string }): Promise<ConversationPage> {
    const { shelf } = this.deps;
    const [entries, pinned, deleted] = await Promise.all([
      shelf.page(after, PAGE),
      after ? [] : shelf.pinned(),
      after ? [] : shelf.deleted(),
    ]);
    const last = deleted[0];
    return {
      entries: entries.map(toEntry),
      pinned: pinned.map(toEntry),
      hasMore: entries.length === PAGE,
      deleted: last ? toEntry(last) : null,
    };
  }

  async open(id: string): Promise<ConversationView> {
    const { ledger, newId } = this.deps;
    await ledger.setCurrent(id);
    return this.withLive(await ledger.view(id, newId));
  }

  /** A conversation as a view shows it: what is being written now is newer than what was stored. */
  async withLive(view: ConversationView): Promise<ConversationView> {
    this.deps.seen(view.id);
    const versions = await this.deps.versionsOf(view.turns);
    return { ...view, versions, turns: view.turns.map((turn) => this.deps.live.find(turn.id)?.turn ?? turn) };
  }

  begin(isTemporaryOne: boolean): Promise<ConversationView> {
    const id = this.deps.newId();
    return this.open(isTemporaryOne ? temporaryId(id) : id);
  }

  /** @throws StreamError `not-found` */
  async rename(id: string, title: string): Promise<null> {
    return this.change(id, (row) => ({ ...row, title, isNamed: true }));
  }

  /** @throws StreamError `not-found` */
  async pin(id: string, isPinned: boolean): Promise<null> {
    return this.change(id, ({ pinnedAt: _, ...row }) =>
      isPinned ? { ...row, pinnedAt: this.deps.now() } : row,
    );
  }

  async delete(id: string): Promise<null> {
    const { live, rows, ledger, newId, notify, now, after } = this.deps;
    void live.stop(id);
    this.deps.seen(id);
    if ((await rows.current()) === id) await ledger.setCurrent(newId());
    if (isTemporary(id)) await rows.end(id);
    else {
      await rows.patch(id, (row) => ({ ...row, deletedAt: now() }));
      after(UNDO_MS, () => void this.sweep());
    }
    notify({ type: 'conversation-removed', conversationId: id });
    return null;
  }

  async restore(id: string): Promise<boolean> {
    return this.patch(id, ({ deletedAt: _, ...row }) => row);
  }

  /** Takes away what was deleted long enough ago, and comes back for the rest. To be called when a worker starts. */
  async sweep(): Promise<void> {
    const { shelf, rows, forgetSearch, now, after } = this.deps;
    try {
      const deleted = await shelf.deleted();
      const due = deleted.filter(({ deletedAt = 0 }) => deletedAt <= now() - UNDO_MS).map(({ id }) => id);
      if (due.length < deleted.length) after(UNDO_MS, () => void this.sweep());
      if (due.length === 0) return;
      await shelf.purge(due);
      for (const id of due) rows.forget(id);
      await forgetSearch(due);
    } catch {
      // The next worker tries again; until then they are hidden.
    }
  }

  async deleteAll(): Promise<null> {
    const { live, shelf, rows, notify, forgetSearch, ledger, newId } = this.deps;
    // What is still being written would be written after all else is gone.
    await live.stop();
    const current = await rows.current();
    if (typeof current === 'string' && isTemporary(current)) await rows.end(current);
    await shelf.clear();
    rows.forget();
    await ledger.setCurrent(newId());
    await forgetSearch();
    notify({ type: 'conversation-removed', conversationId: null });
    return null;
  }

  /** @throws StreamError `not-found` */
  async whole(id: string): Promise<WholeConversation> {
    const found = await this.deps.ledger.whole(id);
    if (!found) throw new StreamError('not-found', GONE);
    const { deletedAt: _, changedAt: __, ...row } = found.row;
    return { ...row, turns: found.turns };
  }

  private async change(id: string, change: (row: Row) => Row): Promise<null> {
    const isKnown = await this.patch(id, (row) => ({ ...change(row), changedAt: this.deps.now() }));
    if (!isKnown) throw new StreamError('not-found', GONE);
    return null;
  }

  private async patch(id: string, change: (row: Row) => Row): Promise<boolean> {
    let changed: Row | undefined;
    await this.deps.rows.patch(id, (row) => {
      changed = change(row);
      return changed;
    });
    if (changed) this.deps.notify({ type: 'conversation-listed', entry: toEntry(changed) });
    return changed !== undefined;
  }
}

export function toEntry({ id, title, createdAt, updatedAt, pinnedAt }: Row): ConversationEntry {
  return { id, title, createdAt, updatedAt, isPinned: pinnedAt !== undefined };
}
