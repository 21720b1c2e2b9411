// Reads conversations from the worker and puts them on screen.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Trouble, toTrouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import type { ConversationView, Notice } from '../protocol/contract.ts';
import { say } from '../words/say.ts';
import { askAgain, askOnce } from './questions.ts';
import type { TurnList } from './turn-list.ts';

interface LoaderDeps {
  connect: Connect;
  list: TurnList;
  /** Set when the conversation cannot be read. */
  trouble: Signal<Trouble | null>;
  note: Signal<string>;
}

/** What is known of the conversation on screen, beside its turns. */
type Shown = Omit<ConversationView, 'turns' | 'unsaved'>;

export class Loader {
  /** Why what is said is not stored, in words for a person; null where it is. */
  readonly unsaved: Signal<string | null> = signal(null);
  private readonly shown: Signal<Shown | null> = signal(null);
  private readonly deps: LoaderDeps;
  private loads = 0;

  constructor(deps: LoaderDeps) {
    this.deps = deps;
  }

  /** The conversation on screen; null until one is known. */
  get conversation(): ReadonlySignal<Shown | null> {
    return this.shown;
  }

  /** Without an id the one that is to be shown when a view opens. */
  load(id?: string): Promise<void> {
    return this.show(
      askAgain<'conversation'>(this.deps.connect, {
        type: 'conversation',
        ...(id === undefined ? {} : { id }),
      }),
    );
  }

  begin(isTemporary: boolean): Promise<void> {
    const { connect } = this.deps;
    return this.show(
      isTemporary
        ? askOnce<'temporary-conversation'>(connect, { type: 'temporary-conversation' })
        : askOnce<'new-conversation'>(connect, { type: 'new-conversation' }),
    );
  }

  /** Shows a conversation, which is the current one from then on. */
  open(id: string): Promise<void> {
    return this.show(askAgain<'open-conversation'>(this.deps.connect, { type: 'open-conversation', id }));
  }

  /** Follows what is done in the list of any view: another title, or a deletion, behind which the current conversation is shown. */
  hear(notice: Notice): void {
    const id = this.shown.value?.id;
    if (notice.type === 'conversation-listed' && notice.entry.id === id)
      this.shown.value = { id, title: notice.entry.title };
    if (notice.type !== 'conversation-removed') return;
    if (notice.conversationId === id || notice.conversationId === null) void this.load();
  }

  /** Only the answer to the last question is shown. */
  private async show(asked: Promise<ConversationView>): Promise<void> {
    const load = ++this.loads;
    try {
      const view = await asked;
      if (load !== this.loads) return;
      this.shown.value = view;
      this.unsaved.value = view.unsaved;
      if (this.deps.list.show(view) === 'gone') this.deps.note.value = say('historyGone');
      this.deps.trouble.value = null;
    } catch (error) {
      if (load === this.loads) this.deps.trouble.value = toTrouble(error);
    }
  }
}
