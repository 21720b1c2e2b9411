// The view model of the chat: what popup and side panel show and what can be done there.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Trouble, toTrouble } from '../engine/errors.ts';
import type { ConversationView, Notice, SettingsView } from '../protocol/contract.ts';
import { endWords } from './announce.ts';
import type { ChatDeps } from './deps.ts';
import { PageSelection } from './page-selection.ts';
import { askAgain, askOnce } from './questions.ts';
import { hostOf } from './readiness.ts';
import { TurnList, type TurnModel } from './turn-list.ts';

export type ChatModel = ChatController;

export function createChatModel(deps: ChatDeps): ChatModel {
  return new ChatController(deps);
}

class ChatController {
  readonly deps: ChatDeps;
  /** What is written in the message box. */
  readonly draft: Signal<string> = signal('');
  /** Said to screen readers when an answer has ended. */
  readonly announcement: Signal<string> = signal('');
  /** Trouble that belongs to no turn: the conversation could not be read, the page could not be translated. */
  readonly trouble: Signal<Trouble | null> = signal(null);
  readonly setup: Signal<SettingsView | null> = signal(null);
  /** False until the conversation is known; nothing is claimed about it before. */
  readonly loaded: ReadonlySignal<boolean> = computed(() => this.conversation.value !== null);
  readonly title: ReadonlySignal<string> = computed(() => this.conversation.value?.title ?? '');
  readonly selection: PageSelection['current'];
  readonly turns: ReadonlySignal<TurnModel[]>;
  readonly busy: ReadonlySignal<boolean>;
  /** The server's name for words about trouble; empty while unknown. */
  readonly host: ReadonlySignal<string> = computed(() => hostOf(this.setup.value?.settings.baseUrl ?? ''));

  private readonly conversation: Signal<{ id: string; title: string } | null> = signal(null);
  /** A message that was sent before the conversation was known. */
  private readonly pending: Signal<string | null> = signal(null);
  private readonly page: PageSelection;
  private readonly list: TurnList;
  private stopListening: () => void = () => {};
  private loads = 0;
  private starting = false;
  private changing = false;

  constructor(deps: ChatDeps) {
    this.deps = deps;
    this.list = new TurnList({
      ...deps,
      onEnd: (turn) => this.announce(endWords(turn)),
      // A text that could not be sent returns to the box, unless something else is written there already.
      onRefused: (text) => (this.draft.value ||= text),
    });
    this.page = new PageSelection(deps.connect);
    this.selection = this.page.current;
    this.turns = this.list.turns;
    this.busy = computed(() => this.list.busy.value || this.pending.value !== null);
  }

  /** Asks the worker for everything on screen; resolves when the first answers are there. */
  async start(): Promise<void> {
    this.stopListening();
    this.stopListening = this.deps.listen((notice) => this.hear(notice));
    this.trouble.value = null;
    this.starting = true;
    void this.refreshSelection();
    await Promise.all([this.loadSettings(), this.load()]);
    this.starting = false;
    const text = this.pending.value;
    this.pending.value = null;
    if (text === null) return;
    if (this.conversation.value) this.send(text);
    else this.draft.value ||= text;
  }

  dispose(): void {
    this.stopListening();
    this.list.dispose();
  }

  /** Sends `text`, once: while an answer is on its way nothing is sent. Without a usable provider it leads to the settings, text kept. */
  send(text: string): void {
    if (this.busy.value || text.trim() === '') return;
    if (this.setup.value && !this.setup.value.ready) {
      this.draft.value = text;
      this.deps.openOptions();
      return;
    }
    if (this.draft.value === text) this.draft.value = '';
    if (this.conversation.value && !this.starting) {
      this.begin(this.list.headId(), text);
      return;
    }
    this.pending.value = text;
    if (!this.starting) void this.start();
  }

  stop(): void {
    this.list.stop();
  }

  /** Makes an empty conversation the current one; where it is empty already, nothing happens. */
  async newChat(): Promise<void> {
    if (this.changing || (this.loaded.value && this.turns.value.length === 0)) return;
    this.changing = true;
    await this.show(askOnce<'new-conversation'>(this.deps.connect, { type: 'new-conversation' }));
    this.changing = false;
  }

  /** Asks the same question again in place of the answer that is there. */
  regenerate(turnId: string): void {
    const turn = this.list.find(turnId);
    if (turn && !this.busy.value && turn.kind === 'chat') this.begin(turn.parentId, turn.userText);
  }

  /** Goes on with an answer that broke, from where it ends. */
  goOn(turnId: string): void {
    if (!this.busy.value) this.list.goOn(turnId);
  }

  /** Puts the answer's text, as the model wrote it, on the clipboard; says and resolves whether that worked. */
  async copy(turnId: string): Promise<boolean> {
    const text = this.list.find(turnId)?.reply.text.text ?? '';
    const isCopied = await this.deps.copyText(text).then(
      () => true,
      () => false,
    );
    this.announce(isCopied ? 'Copied.' : 'The browser refused to copy.');
    return isCopied;
  }

  readonly refreshSelection = (): Promise<void> => this.page.refresh();

  /** Starts the translation in the page; the popup gives way to it. */
  async translateSelection(): Promise<void> {
    if (this.setup.value && !this.setup.value.ready) {
      this.deps.openOptions();
      return;
    }
    this.trouble.value = null;
    try {
      await this.page.translate();
      if (this.deps.surface === 'popup') this.deps.closeSurface();
    } catch (error) {
      this.trouble.value = toTrouble(error);
    }
  }

  /** Puts the selected text, quoted, into the message box. */
  askAboutSelection(): void {
    this.draft.value = this.page.takeQuote() + this.draft.value;
  }

  private announce(words: string): void {
    this.announcement.value = words;
  }

  private begin(parentId: string | null, text: string): void {
    const conversation = this.conversation.value;
    if (!conversation) return;
    this.announce('Waiting for the answer.');
    this.list.begin(conversation.id, parentId, text);
  }

  private hear(notice: Notice): void {
    if (notice.type === 'settings-changed') void this.loadSettings();
    else if (notice.conversationId !== this.conversation.value?.id) void this.load();
    else if (notice.type === 'turn-started') this.list.adopt(notice.turnId);
    else void this.load(notice.conversationId);
  }

  private async loadSettings(): Promise<void> {
    const view = await askAgain<'settings'>(this.deps.connect, { type: 'settings' }).catch(() => null);
    if (view) this.setup.value = view;
  }

  private load(id?: string): Promise<void> {
    return this.show(
      askAgain<'conversation'>(this.deps.connect, {
        type: 'conversation',
        ...(id === undefined ? {} : { id }),
      }),
    );
  }

  /** Only the answer to the last question is shown. */
  private async show(asked: Promise<ConversationView>): Promise<void> {
    const load = ++this.loads;
    try {
      const view = await asked;
      if (load !== this.loads) return;
      this.conversation.value = { id: view.id, title: view.title };
      this.list.show(view);
      this.trouble.value = null;
    } catch (error) {
      if (load === this.loads) this.trouble.value = toTrouble(error);
    }
  }
}
