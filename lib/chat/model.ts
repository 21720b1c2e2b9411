// The view model of the chat: what popup and side panel show and what can be done there.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Trouble, toTrouble } from '../engine/errors.ts';
import type { SettingsView } from '../protocol/contract.ts';
import { say } from '../words/say.ts';
import { Announcer } from './announcer.ts';
import { Composing } from './composing.ts';
import type { ChatDeps } from './deps.ts';
import { Draft } from './draft.ts';
import { hear } from './hear.ts';
import { Loader } from './loader.ts';
import { ModelChoice } from './model-choice.ts';
import type { Sent } from './new-turn.ts';
import { PageSelection } from './page-selection.ts';
import { Setup } from './setup.ts';
import { Switching } from './switching.ts';
import { TurnActions } from './turn-actions.ts';
import { TurnList, type TurnModel } from './turn-list.ts';
import type { VersionBook } from './versions.ts';

export type ChatModel = ChatController;

export function createChatModel(deps: ChatDeps): ChatModel {
  return new ChatController(deps);
}

class ChatController {
  readonly deps: ChatDeps;
  /** What is written in the message box. */
  readonly draft: Signal<string>;
  /** Said to screen readers. */
  readonly announcement: ReadonlySignal<string>;
  /** Trouble that belongs to no turn: the conversation could not be read, the page could not be translated. */
  readonly trouble: Signal<Trouble | null> = signal(null);
  /** Something that is no trouble and still worth a line: where a text went, that the history is gone. */
  readonly note: Signal<string>;
  /** Why what is said is not stored, in words for a person; null where it is. */
  readonly unsaved: Signal<string | null>;
  readonly setup: Signal<SettingsView | null>;
  /** False until the conversation is known; nothing is claimed about it before. */
  readonly loaded: ReadonlySignal<boolean> = computed(() => this.loader.conversation.value !== null);
  readonly title: ReadonlySignal<string> = computed(() => this.loader.conversation.value?.title ?? '');
  readonly selection: PageSelection['current'];
  readonly turns: ReadonlySignal<TurnModel[]>;
  readonly versions: VersionBook;
  readonly busy: ReadonlySignal<boolean>;
  /** Which model is asked. */
  readonly models: ModelChoice;
  readonly configured: Setup;
  /** The question that is being written. */
  readonly composing: Composing;
  /** What can be done with one turn. */
  readonly actions: TurnActions;
  /** From one conversation to another. */
  readonly switching: Switching;

  private readonly loader: Loader;
  private readonly page: PageSelection;
  private readonly list: TurnList;
  private readonly announcer: Announcer;
  private readonly box: Draft;
  private stopListening: () => void = () => {};
  private starting = false;

  constructor(deps: ChatDeps) {
    this.deps = deps;
    this.box = new Draft(deps);
    this.draft = this.box.text;
    this.note = this.box.note;
    this.configured = new Setup(deps.connect);
    this.setup = this.configured.view;
    this.list = new TurnList({
      ...deps,
      outbox: this.box.outbox,
      mayGoOn: (turn) => this.models.mayGoOn(turn),
      onEnd: (turn) => void this.announcer.ended(turn),
      onRefused: (turn) => {
        this.box.refuse(turn.userText);
        this.composing.attached.giveBack(turn);
      },
    });
    const { list, trouble, note, setup } = this;
    this.loader = new Loader({ connect: deps.connect, list, trouble, note });
    const { conversation } = this.loader;
    this.models = new ModelChoice({ ...deps, setup, trouble, conversation });
    this.unsaved = this.loader.unsaved;
    this.page = new PageSelection(deps.connect, deps.panelTab);
    this.selection = this.page.current;
    this.turns = this.list.turns;
    const { draft: text, page: selection, turns } = this;
    const { asked } = this.models;
    const composing = new Composing({ ...deps, text, note, conversation, setup, asked, selection, turns });
    this.composing = composing;
    this.switching = new Switching({ ...deps, loader: this.loader, turns, composing, onEnd: this.askHeld });
    this.versions = this.list.versions;
    const readsAnswers = () => setup.peek()?.settings.announces !== 'end';
    this.announcer = new Announcer({ ...deps, turns, readsAnswers });
    this.announcement = this.announcer.words;
    this.busy = computed(() => this.list.busy.value || this.box.pending.value !== null);
    this.actions = new TurnActions({
      ...deps,
      list,
      trouble,
      note,
      busy: this.busy,
      isTooLong: (text) => this.box.isTooLong(text),
      reload: () => this.loader.load(this.loader.conversation.value?.id),
      begin: (parentId, text, sent) => this.begin(parentId, text, sent),
      announce: (words) => this.announce(words),
    });
  }

  /** Asks the worker for everything on screen; resolves when the first answers are there. */
  async start(): Promise<void> {
    this.stopListening();
    this.announcer.start();
    this.stopListening = this.deps.listen((notice) => hear(notice, this.loader, this.list, this.configured));
    this.composing.start();
    this.trouble.value = null;
    this.starting = true;
    // What is on screen first is asked for first.
    const asked = [this.loader.load(), this.configured.load()];
    void this.refreshSelection();
    await Promise.all(asked);
    this.starting = false;
    this.askHeld(this.loader.conversation.value !== null);
    void this.box.recover();
  }

  dispose(): void {
    this.stopListening();
    this.models.dispose();
    this.composing.dispose();
    this.list.dispose();
    this.announcer.dispose();
  }

  /** Sends `text`, once: while an answer is on its way nothing is sent. Without a usable provider it leads to the settings, text kept. */
  send(text: string): void {
    // What is being answered in the conversation that is left does not count.
    const { isChanging } = this.switching;
    const isBusy = isChanging ? this.box.pending.value !== null : this.busy.value;
    if (isBusy || this.composing.isReading || text.trim() === '' || this.box.isTooLong(text)) return;
    if (!this.models.isReady) {
      this.box.giveBack(text);
      this.deps.openOptions();
      return;
    }
    this.box.clear(text);
    this.actions.removal.commit();
    if (this.loader.conversation.value && !this.starting && !isChanging) {
      this.begin(this.list.headId(), text, this.composing.take());
      return;
    }
    this.box.hold(text);
    if (!this.starting && !isChanging) void this.start();
  }

  stop(): void {
    this.list.stop();
  }

  newChat(): Promise<void> {
    return this.switching.begin(false);
  }

  /** Starts the translation in the page; the popup gives way to it. */
  async translateSelection(): Promise<void> {
    if (!this.configured.isReady) return this.deps.openOptions();
    this.trouble.value = null;
    try {
      await this.page.translate();
      if (this.deps.surface === 'popup') this.deps.closeSurface();
    } catch (error) {
      this.trouble.value = toTrouble(error);
    }
  }

  readonly refreshSelection = (): Promise<void> => this.page.refresh();

  announce(words: string): void {
    this.announcer.say(words);
  }

  /** A question that waited for its conversation is asked there; where it cannot be, it comes back. */
  private readonly askHeld = (isThere: boolean): void => {
    if (this.starting || this.switching.isChanging) return;
    const text = this.box.release();
    if (text === null) return;
    if (isThere && !this.busy.value && !this.composing.isReading) this.send(text);
    else this.box.giveBack(text);
  };

  private begin(parentId: string | null, text: string, sent?: Sent): void {
    const conversation = this.loader.conversation.value;
    if (!conversation) return;
    this.announce(say('waitingForAnswer'));
    this.list.begin(conversation.id, parentId, text, sent);
  }
}
