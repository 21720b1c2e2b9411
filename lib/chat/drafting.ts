// What is written and not yet sent, kept for each conversation: over closing the popup, and over a restart of the browser.
import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';

/** Kept synchronously and over restarts, by conversation; shared by all views. */
export interface DraftStore {
  read(conversationId: string): string | null;
  /** Null forgets it. */
  write(conversationId: string, text: string | null): void;
  /** Calls the listener with the conversation whose draft another view has changed, until the returned function is called. */
  onChange(listener: (conversationId: string) => void): () => void;
}

interface Conversation {
  id: string;
  system?: string | undefined;
}

interface DraftingDeps {
  store: DraftStore;
  /** Milliseconds since the epoch. */
  now(): number;
  /** What is in the message box. */
  text: Signal<string>;
  /** The conversation on screen; null until one is known. */
  conversation: ReadonlySignal<Conversation | null>;
  /** Whether anything of the conversation on screen may be stored. */
  isKept(): boolean;
}

interface Kept {
  text: string;
  /** Instructions that were written for the conversation and not yet sent with a question. */
  system?: string;
}

/** Who has typed within this time is not written over by what another view writes, ms. */
const QUIET_MS = 2000;

export class Drafting {
  /** The conversation's own instructions, sent or not; empty where it has none. */
  readonly system: Signal<string> = signal('');
  private readonly deps: DraftingDeps;
  private id: string | undefined;
  /** The text that is stored, as far as this view knows. */
  private stored = '';
  /** The instructions that the worker knows. */
  private known = '';
  private typedAt = 0;
  /** What was written where the view is leaving. */
  private left: { id: string; kept: Kept } | undefined;
  private stops: (() => void)[] = [];

  constructor(deps: DraftingDeps) {
    this.deps = deps;
  }

  start(): void {
    if (this.stops.length > 0) return;
    const { store } = this.deps;
    this.stops = [effect(() => this.follow()), effect(() => this.keep()), store.onChange(this.adopt)];
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
  }

  /** The instructions to send along, once; undefined where the worker knows them. */
  takeSystem(): string | undefined {
    const system = this.newSystem;
    this.known = this.system.peek();
    if (system !== undefined) this.write(this.deps.text.peek());
    return system;
  }

  private get newSystem(): string | undefined {
    const system = this.system.peek();
    return system === this.known ? undefined : system;
  }

  setSystem(system: string): void {
    this.system.value = system.trim();
    this.write(this.deps.text.peek());
  }

  /** Another conversation was asked for: what is written from now on is for that one. */
  leave(): void {
    if (this.id === undefined) return;
    const system = this.newSystem;
    const kept = { text: this.deps.text.peek(), ...(system === undefined ? {} : { system }) };
    this.left = { id: this.id, kept };
    this.id = undefined;
    this.known = '';
    this.system.value = '';
    this.show('');
  }

  /** No other conversation comes: the one on screen gets back what was written. */
  stay(): void {
    untracked(() => this.follow());
  }

  /** Another conversation is on screen: what was written there comes into the box. */
  private follow(): void {
    const conversation = this.deps.conversation.value;
    if (!conversation || conversation.id === this.id) {
      if (conversation) this.takeOver(conversation.system);
      return;
    }
    // Typed before it was known which conversation that is.
    const typed = this.id === undefined ? this.deps.text.peek() : '';
    const given = this.id === undefined ? this.newSystem : undefined;
    this.id = conversation.id;
    const kept = this.read();
    this.known = conversation.system ?? '';
    this.system.value = given ?? kept.system ?? this.known;
    this.show(kept.text);
    if (given !== undefined) this.write(kept.text);
    if (typed !== '') this.deps.text.value = [kept.text, typed].filter((text) => text !== '').join('\n');
  }

  /** Instructions that another view has given count here too, unless others are being written. */
  private takeOver(system = ''): void {
    const isNew = this.newSystem !== undefined;
    this.known = system;
    if (!isNew) this.system.value = system;
  }

  private keep(): void {
    const text = this.deps.text.value;
    if (text === this.stored) return;
    this.typedAt = this.deps.now();
    this.write(text);
  }

  private write(text: string): void {
    if (this.id === undefined || !this.deps.isKept()) return;
    this.stored = text;
    const system = this.newSystem;
    const kept: Kept = { text, ...(system === undefined ? {} : { system }) };
    this.deps.store.write(this.id, text === '' && system === undefined ? null : JSON.stringify(kept));
  }

  private readonly adopt = (conversationId: string): void => {
    if (conversationId !== this.id || this.deps.now() - this.typedAt < QUIET_MS) return;
    const kept = this.read();
    this.show(kept.text);
    this.system.value = kept.system ?? this.known;
  };

  private show(text: string): void {
    this.stored = text;
    this.deps.text.value = text;
  }

  private read(): Kept {
    // Nothing else keeps what belongs to a temporary conversation.
    if (!this.deps.isKept()) return this.left && this.left.id === this.id ? this.left.kept : { text: '' };
    try {
      const kept = JSON.parse(this.deps.store.read(this.id ?? '') ?? '{}') as Partial<
        Record<keyof Kept, unknown>
      >;
      const text = typeof kept.text === 'string' ? kept.text : '';
      return { text, ...(typeof kept.system === 'string' ? { system: kept.system } : {}) };
    } catch {
      return { text: '' };
    }
  }
}
