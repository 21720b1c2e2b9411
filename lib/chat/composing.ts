// Everything about the question that is being written: its text, what goes along with it, the prompts it may begin with.
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import { estimateTokens } from '../engine/stats.ts';
import type { ContextPart, TurnImage } from '../protocol/attachments.ts';
import type { SettingsView, Turn } from '../protocol/contract.ts';
import type { Settings } from '../settings/schema.ts';
import { Attached } from './attached.ts';
import { type AttachedStore, createAttachedStore } from './attached-store.ts';
import type { ChatDeps } from './deps.ts';
import { Drafting } from './drafting.ts';
import type { Sent } from './new-turn.ts';
import type { PageSelection } from './page-selection.ts';
import { Prompting } from './prompting.ts';
import { Recall } from './recall.ts';

interface ComposingDeps extends Pick<ChatDeps, 'connect' | 'drafts' | 'pages' | 'now' | 'wait'> {
  text: Signal<string>;
  note: Signal<string>;
  /** `isTemporary`: nothing of it may be stored. */
  conversation: ReadonlySignal<{ id: string; system?: string; isTemporary?: boolean } | null>;
  setup: ReadonlySignal<SettingsView | null>;
  selection: PageSelection;
  turns: ReadonlySignal<readonly Pick<Turn, 'kind' | 'userText'>[]>;
}

/** What is open above the box. */
export type Open = 'menu' | 'instructions' | 'tabs' | { view: ContextPart } | { image: TurnImage };

/** From so many tokens on it is worth saying how many there are. */
const LONG = 500;

export class Composing {
  readonly attached: Attached;
  readonly prompts: Prompting;
  readonly recall: Recall;
  readonly drafting: Drafting;
  readonly open: Signal<Open | null> = signal(null);
  readonly sendWith: ReadonlySignal<Settings['sendWith']> = computed(
    () => this.deps.setup.value?.settings.sendWith ?? 'enter',
  );
  /** About how many tokens will be sent, where that is many; null otherwise. */
  readonly tokens: ReadonlySignal<number | null> = computed(() => {
    const text = this.deps.text.value;
    const own = text.length > LONG ? estimateTokens(text) : 0;
    const all = own + this.attached.tokens.value;
    return all >= LONG ? Math.round(all) : null;
  });
  /** The instructions of every conversation, from the settings. */
  readonly generalSystem: ReadonlySignal<string> = computed(
    () => this.deps.setup.value?.settings.system ?? '',
  );
  private readonly deps: ComposingDeps;
  private readonly store: AttachedStore;
  private stops: (() => void)[] = [];

  constructor(deps: ComposingDeps) {
    this.deps = deps;
    const { setup, text, note } = deps;
    const settings = () => setup.peek()?.settings;
    const isKept = () => !deps.conversation.peek()?.isTemporary;
    this.store = createAttachedStore(deps.drafts);
    const attaching = {
      pages: deps.pages,
      pageTokens: () => settings()?.pageTokens ?? 20_000,
      seesImages: async () => (await import('./sight.ts')).seesImages(deps.connect, setup.peek(), deps.wait),
      model: () => settings()?.model || 'The model',
      note,
      isKept,
    };
    this.attached = new Attached(attaching, this.store);
    const addSelection = () => this.addSelection();
    this.prompts = new Prompting({ text, setup, attached: this.attached, addSelection });
    this.recall = new Recall(() =>
      deps.turns.peek().flatMap(({ kind, userText }) => (kind === 'chat' ? [userText] : [])),
    );
    this.drafting = new Drafting({ ...deps, store: deps.drafts, isKept });
  }

  start(): void {
    this.drafting.start();
    if (this.stops.length > 0) return;
    const follow = effect(() => {
      const conversation = this.deps.conversation.value;
      if (conversation) untracked(() => this.attached.moveTo(conversation.id));
    });
    this.stops = [follow, this.store.onChange(this.attached.adopt)];
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
    this.drafting.dispose();
  }

  /** What is to go along is not there yet. */
  get isReading(): boolean {
    return this.attached.reading.value > 0;
  }

  /** What is selected in the page goes along; returns whether anything is. */
  addSelection(): boolean {
    const selection = this.deps.selection.take();
    if (selection) this.attached.addSelection(selection.text);
    return selection !== null;
  }

  /** Hands over what goes with the question that is sent. */
  take(): Sent {
    const system = this.drafting.takeSystem();
    return { ...this.attached.take(), ...(system === undefined ? {} : { system }) };
  }
}
