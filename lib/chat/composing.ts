// Everything about the question that is being written: its text, what goes along with it, the prompts it may begin with.
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import { isTemporary } from '../history/temporary.ts';
import type { ContextPart, TurnImage } from '../protocol/attachments.ts';
import type { ModelAt, SettingsView, Turn } from '../protocol/contract.ts';
import type { Settings } from '../settings/schema.ts';
import type { Aids } from './aids.ts';
import { Attached } from './attached.ts';
import { type AttachedStore, createAttachedStore } from './attached-store.ts';
import type { ChatDeps } from './deps.ts';
import { Drafting } from './drafting.ts';
import { forgetDrafts } from './forget-drafts.ts';
import type { Sent } from './new-turn.ts';
import type { PageSelection } from './page-selection.ts';

export interface ComposingDeps
  extends Pick<ChatDeps, 'connect' | 'listen' | 'drafts' | 'pages' | 'panelTab' | 'now' | 'wait'> {
  text: Signal<string>;
  note: Signal<string>;
  conversation: ReadonlySignal<{ id: string; system?: string } | null>;
  setup: ReadonlySignal<SettingsView | null>;
  /** Which model is asked; null until the settings are known. */
  asked: ReadonlySignal<ModelAt | null>;
  selection: PageSelection;
  turns: ReadonlySignal<readonly Pick<Turn, 'kind' | 'userText'>[]>;
}

/** What is open above the box. */
export type Open = 'menu' | 'instructions' | 'tabs' | { view: ContextPart } | { image: TurnImage };

export class Composing {
  readonly attached: Attached;
  readonly drafting: Drafting;
  /** Prompts and the like; null until they are first wanted. */
  readonly aids: Signal<Aids | null> = signal(null);
  /** Where the caret is to go in the box; null while it is left alone. */
  readonly caret: Signal<number | null> = signal(null);
  readonly open: Signal<Open | null> = signal(null);
  readonly sendWith: ReadonlySignal<Settings['sendWith']> = computed(
    () => this.deps.setup.value?.settings.sendWith ?? 'enter',
  );
  /** The instructions of every conversation, from the settings. */
  readonly generalSystem: ReadonlySignal<string> = computed(
    () => this.deps.setup.value?.settings.system ?? '',
  );
  private readonly deps: ComposingDeps;
  private readonly store: AttachedStore;
  private stops: (() => void)[] = [];

  constructor(deps: ComposingDeps) {
    this.deps = deps;
    const isKept = () => !isTemporary(deps.conversation.peek()?.id ?? '');
    this.store = createAttachedStore(deps.drafts);
    this.attached = new Attached(this.store, isKept);
    this.drafting = new Drafting({ ...deps, store: deps.drafts, isKept });
  }

  start(): void {
    this.drafting.start();
    if (this.stops.length > 0) return;
    const follow = effect(() => {
      const conversation = this.deps.conversation.value;
      if (conversation) untracked(() => this.attached.moveTo(conversation.id));
    });
    const wantPrompts = effect(() => {
      if (this.deps.text.value.startsWith('/')) void this.withAids();
    });
    this.stops = [follow, wantPrompts, this.store.onChange(this.attached.adopt), forgetDrafts(this.deps)];
  }

  /** Another conversation was asked for; what is being written begins anew. */
  leave(): void {
    this.drafting.leave();
    this.attached.leave();
  }

  /** None has come; what was being written goes on. */
  stay(): void {
    const id = this.deps.conversation.peek()?.id;
    this.drafting.stay();
    if (id !== undefined) this.attached.moveTo(id);
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

  async withAids(): Promise<Aids> {
    const { createAids } = await import('./aids.ts');
    const { caret, attached } = this;
    const addSelection = () => this.addSelection();
    const addPage = async () => void (await this.addPage());
    this.aids.value ??= createAids(this.deps, { caret, attached, addSelection, addPage });
    return this.aids.value;
  }

  addFiles(files: readonly File[]): Promise<void> {
    return this.adding((aids) => aids.addFiles(files));
  }

  /** Resolves with whether the page could be read; why not is noted. */
  addPage(tabId?: number): Promise<boolean> {
    return this.adding((aids) => aids.addPage(tabId));
  }

  /** What is selected in the page goes along; returns whether anything is. */
  addSelection(): boolean {
    const selection = this.deps.selection.take();
    if (selection) void this.adding((aids) => aids.addSelection(selection.text));
    return selection !== null;
  }

  /** Hands over what goes with the question that is sent. */
  take(): Sent {
    const system = this.drafting.takeSystem();
    return { ...this.attached.take(), ...(system === undefined ? {} : { system }) };
  }

  /** Nothing is sent while what is to go along is on its way. */
  private async adding<T>(add: (aids: Aids) => Promise<T>): Promise<T> {
    this.attached.reading.value++;
    try {
      return await add(await this.withAids());
    } finally {
      this.attached.reading.value--;
    }
  }
}
