// The view model of the list of conversations. Loaded when the list is first opened.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import { isTemporary } from '../history/temporary.ts';
import type { Channel, Connect } from '../protocol/channel.ts';
import type { Notice } from '../protocol/contract.ts';
import type { ConversationEntry } from '../protocol/history.ts';
import { say } from '../words/say.ts';
import { ConversationSearch } from './conversation-search.ts';
import { exportConversation, type TextFile } from './export-conversation.ts';
import { askAgain, askOnce } from './questions.ts';

export interface ConversationListDeps {
  connect: Connect;
  listen(listener: (notice: Notice) => void): () => void;
  /** Starts the search's own worker. */
  openSearch(): Channel;
  /** Shows a conversation, from the message `turnId` on where that is given. */
  open(id: string, turnId?: string): Promise<void>;
  /** Id of the conversation on screen. */
  shown: ReadonlySignal<string | null>;
  /** Says it to screen readers. */
  announce(words: string): void;
}

export class ConversationList {
  readonly pinned: Signal<ConversationEntry[]> = signal([]);
  /** What is loaded of the others, newest first. */
  readonly entries: Signal<ConversationEntry[]> = signal([]);
  readonly hasMore: Signal<boolean> = signal(true);
  readonly loaded: Signal<boolean> = signal(false);
  readonly trouble: Signal<Trouble | null> = signal(null);
  /** What was deleted just now and can be had back. */
  readonly undo: Signal<ConversationEntry | null> = signal(null);
  readonly search: ConversationSearch;
  /** In the order in which they stand in the list. */
  readonly all: ReadonlySignal<ConversationEntry[]> = computed(() => [
    ...this.pinned.value,
    ...this.entries.value,
  ]);
  private readonly deps: ConversationListDeps;
  private readonly stopListening: () => void;
  private isLoading = false;
  private undoTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: ConversationListDeps) {
    this.deps = deps;
    this.search = new ConversationSearch(deps.openSearch);
    this.stopListening = deps.listen((notice) => this.hear(notice));
    void this.reload();
  }

  get shown(): ReadonlySignal<string | null> {
    return this.deps.shown;
  }

  dispose(): void {
    clearTimeout(this.undoTimer);
    this.stopListening();
    this.search.dispose();
  }

  async reload(): Promise<void> {
    await this.read(async () => {
      const page = await askAgain<'conversations'>(this.deps.connect, { type: 'conversations' });
      this.pinned.value = page.pinned;
      this.entries.value = page.entries;
      this.hasMore.value = page.hasMore;
      if (page.deleted) this.offerUndo(page.deleted);
    });
  }

  /** The next page, where there is one. */
  async more(): Promise<void> {
    const last = this.entries.value.at(-1);
    if (!this.hasMore.value || !last) return;
    await this.read(async () => {
      const after = { updatedAt: last.updatedAt, id: last.id };
      const page = await askAgain<'conversations'>(this.deps.connect, { type: 'conversations', after });
      const known = new Set(this.all.value.map(({ id }) => id));
      this.entries.value = [...this.entries.value, ...page.entries.filter(({ id }) => !known.has(id))];
      this.hasMore.value = page.hasMore;
    });
  }

  open(id: string, turnId?: string): Promise<void> {
    return this.deps.open(id, turnId);
  }

  /** An empty title changes nothing. */
  async rename(id: string, title: string): Promise<void> {
    const words = title.replace(/\s+/g, ' ').trim().slice(0, 200);
    if (words === '' || words === this.find(id)?.title) return;
    await this.change(() =>
      askOnce<'rename-conversation'>(this.deps.connect, { type: 'rename-conversation', id, title: words }),
    );
  }

  async pin(id: string, isPinned: boolean): Promise<void> {
    await this.change(() =>
      askOnce<'pin-conversation'>(this.deps.connect, { type: 'pin-conversation', id, isPinned }),
    );
    this.deps.announce(say(isPinned ? 'saidPinned' : 'saidUnpinned'));
  }

  async delete(id: string): Promise<void> {
    const entry = this.find(id);
    await this.change(() =>
      askOnce<'delete-conversation'>(this.deps.connect, { type: 'delete-conversation', id }),
    );
    if (entry) this.offerUndo(entry);
    this.deps.announce(say('saidDeleted'));
  }

  /** Takes the last deletion back. */
  async restore(): Promise<void> {
    const entry = this.undo.value;
    if (!entry) return;
    this.undo.value = null;
    await this.change(async () => {
      const isBack = await askOnce<'restore-conversation'>(this.deps.connect, {
        type: 'restore-conversation',
        id: entry.id,
      });
      const words = say(isBack ? 'saidBack' : 'tooLateToUndo');
      this.deps.announce(words);
      if (!isBack) throw new StreamError('not-found', words);
    });
  }

  /** A file for the user; undefined where the conversation cannot be read, which the list then says. */
  async exportAs(id: string, kind: 'markdown' | 'json'): Promise<TextFile | undefined> {
    let file: TextFile | undefined;
    await this.change(async () => {
      file = await exportConversation(this.deps.connect, id, kind);
    });
    return file;
  }

  find(id: string): ConversationEntry | undefined {
    return this.all.value.find((entry) => entry.id === id);
  }

  private async read(work: () => Promise<void>): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    await this.change(work);
    this.isLoading = false;
    this.loaded.value = true;
  }

  private async change(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = toTrouble(error);
    }
  }

  private offerUndo(entry: ConversationEntry): void {
    clearTimeout(this.undoTimer);
    this.undo.value = entry;
    // A little less than the worker waits.
    this.undoTimer = setTimeout(() => {
      this.undo.value = null;
    }, 9500);
  }

  private hear(notice: Notice): void {
    if (notice.type === 'storage-changed') void this.reload();
    if (notice.type === 'conversation-listed') this.place(notice.entry);
    if (notice.type === 'conversation-removed') {
      if (notice.conversationId === null) void this.reload();
      else this.take(notice.conversationId);
    }
  }

  private take(id: string): void {
    this.pinned.value = this.pinned.value.filter((entry) => entry.id !== id);
    this.entries.value = this.entries.value.filter((entry) => entry.id !== id);
  }

  private place(entry: ConversationEntry): void {
    if (isTemporary(entry.id)) return;
    if (this.undo.value?.id === entry.id) this.undo.value = null;
    const at = this.pinned.value.findIndex(({ id }) => id === entry.id);
    this.take(entry.id);
    if (entry.isPinned) this.pinned.value = this.pinned.value.toSpliced(Math.max(0, at), 0, entry);
    else {
      const behind = this.entries.value.findIndex(({ updatedAt }) => updatedAt <= entry.updatedAt);
      // Behind all that is loaded it comes with its page.
      if (behind < 0 && this.hasMore.value) return;
      this.entries.value = this.entries.value.toSpliced(behind < 0 ? Infinity : behind, 0, entry);
    }
  }
}
