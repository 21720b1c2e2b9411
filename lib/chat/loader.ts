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
  /** The load that is to bring another conversation; 0 where none is on its way. */
  private change = 0;

  constructor(deps: LoaderDeps) {
    this.deps = deps;
  }

  /** The conversation on screen; null until one is known. */
  get conversation(): ReadonlySignal<Shown | null> {
    return this.shown;
  }

  /** Without an id the one that is to be shown when a view opens. */
  async load(id?: string): Promise<void> {
    const isChange = id === undefined || id !== this.shown.value?.id;
    const request = { type: 'conversation', ...(id === undefined ? {} : { id }) } as const;
    await this.show(askAgain<'conversation'>(this.deps.connect, request), isChange);
  }

  /** Resolves with whether it is on screen; so does `open`. */
  begin(isTemporary: boolean): Promise<boolean> {
    const { connect } = this.deps;
    return this.show(
      isTemporary
        ? askOnce<'temporary-conversation'>(connect, { type: 'temporary-conversation' })
        : askOnce<'new-conversation'>(connect, { type: 'new-conversation' }),
    );
  }

  /** Shows a conversation, which is the current one from then on. */
  open(id: string): Promise<boolean> {
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

  /** Only the answer to the last question is shown; what is said of the conversation on screen does not keep another one from coming. */
  private async show(asked: Promise<ConversationView>, isChange = true): Promise<boolean> {
    const load = ++this.loads;
    if (isChange) this.change = load;
    const isWanted = () => load === this.loads || load === this.change;
    try {
      const view = await asked;
      if (!isWanted()) return false;
      if (load === this.change) this.endChange();
      this.shown.value = view;
      this.unsaved.value = view.unsaved;
      if (this.deps.list.show(view) === 'gone') this.deps.note.value = say('historyGone');
      this.deps.trouble.value = null;
      return true;
    } catch (error) {
      if (isWanted()) this.deps.trouble.value = toTrouble(error);
      if (load === this.change) this.change = 0;
      return false;
    }
  }

  /** What was asked of the conversation of before is not shown any more. */
  private endChange(): void {
    this.change = 0;
    this.loads++;
  }
}
