// Which model the conversation on screen asks, and with what: its own choice, else what is in use.
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Trouble, toTrouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import type { Choice, ModelAt, Notice, Params, Provider, SettingsView, Turn } from '../protocol/contract.ts';
import { askedBy } from '../settings/providers.ts';
import { askAgain, askOnce } from './questions.ts';
import { hostOf, mayGoOnByItself } from './readiness.ts';

interface ModelChoiceDeps {
  connect: Connect;
  listen(listener: (notice: Notice) => void): () => void;
  setup: ReadonlySignal<SettingsView | null>;
  conversation: ReadonlySignal<{ id: string } | null>;
  /** Set where a choice cannot be kept. */
  trouble: Signal<Trouble | null>;
}

export type Asked = Provider & { params: Params };

const NOTHING: Choice = { at: null, params: {} };

export class ModelChoice {
  /** Null until the settings are known. */
  readonly asked: ReadonlySignal<Asked | null>;
  /** The server's name for words about trouble; empty while unknown. */
  readonly host: ReadonlySignal<string>;
  readonly conversationId: ReadonlySignal<string | undefined>;
  /** Somebody wants to choose another one: the list opens, and takes this back. */
  readonly wantsList: Signal<boolean> = signal(false);
  private readonly chosen = signal<Choice | null>(null);
  private readonly deps: ModelChoiceDeps;
  private readonly stop: () => void;
  private reads = 0;

  constructor(deps: ModelChoiceDeps) {
    this.deps = deps;
    this.asked = computed(() => {
      const view = deps.setup.value;
      return view && askedBy(view.settings, this.chosen.value ?? undefined);
    });
    this.host = computed(() => hostOf(this.asked.value?.baseUrl ?? ''));
    this.conversationId = computed(() => deps.conversation.value?.id);
    const stopReading = effect(() => {
      const id = this.conversationId.value;
      if (id !== undefined) void this.read(id, true);
    });
    // Chosen in another view, perhaps.
    const stopListening = deps.listen((notice) => {
      const id = this.conversationId.peek();
      if (notice.type === 'conversation-changed' && notice.conversationId === id) void this.read(id, false);
    });
    this.stop = () => {
      stopReading();
      stopListening();
    };
  }

  /** What the conversation chose for itself; null where it chose nothing. */
  get choice(): ReadonlySignal<Choice | null> {
    return this.chosen;
  }

  /** False only where it is known that something is missing for asking it. */
  get isReady(): boolean {
    const view = this.deps.setup.value;
    const baseUrl = this.asked.value?.baseUrl;
    if (!view || baseUrl === undefined) return true;
    return baseUrl === view.settings.baseUrl ? view.ready : view.othersReady?.includes(baseUrl) === true;
  }

  /** Whether a turn that ended with its worker may go on without being asked. */
  mayGoOn(turn: Turn): boolean {
    return mayGoOnByItself(turn, this.deps.setup.value, this.asked.value);
  }

  /** Asks `at` from now on, null for what is in use; `isUsual`: new conversations do, too. */
  choose(at: ModelAt | null, isUsual = false): Promise<void> {
    return this.change({ ...(this.chosen.value ?? NOTHING), at }, isUsual);
  }

  setParams(params: Params): Promise<void> {
    return this.change({ ...(this.chosen.value ?? NOTHING), params }, false);
  }

  /** Gives a model its star, or takes it. */
  async favour({ baseUrl, model }: ModelAt, isFavourite: boolean): Promise<void> {
    const { connect, trouble } = this.deps;
    await askOnce<'favour-model'>(connect, { type: 'favour-model', baseUrl, model, isFavourite }).catch(
      (error: unknown) => {
        trouble.value = toTrouble(error);
      },
    );
  }

  dispose(): void {
    this.stop();
  }

  private async change(choice: Choice, isUsual: boolean): Promise<void> {
    const { connect, trouble } = this.deps;
    const conversationId = this.conversationId.value;
    if (conversationId === undefined) return;
    this.reads++;
    this.chosen.value = choice;
    try {
      const usual = isUsual ? ({ isUsual } as const) : {};
      await askOnce<'choose-model'>(connect, { type: 'choose-model', conversationId, choice, ...usual });
    } catch (error) {
      trouble.value = toTrouble(error);
      await this.read(conversationId, false);
    }
  }

  private async read(conversationId: string, isOther: boolean): Promise<void> {
    const read = ++this.reads;
    if (isOther) this.chosen.value = null;
    const { connect } = this.deps;
    const found = await askAgain<'model-choice'>(connect, { type: 'model-choice', conversationId }).catch(
      () => this.chosen.value,
    );
    if (read === this.reads) this.chosen.value = found;
  }
}
