// From one conversation to another.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { isTemporary } from '../history/temporary.ts';
import type { Connect } from '../protocol/channel.ts';
import type { Composing } from './composing.ts';
import type { Loader } from './loader.ts';
import { askAgain, askOnce } from './questions.ts';
import type { TurnModel } from './turn-list.ts';

interface SwitchingDeps {
  connect: Connect;
  loader: Loader;
  turns: ReadonlySignal<TurnModel[]>;
  composing: Pick<Composing, 'leave' | 'stay'>;
  /** The conversation that was asked for is on screen, or will not come. */
  onEnd(hasCome: boolean): void;
}

export class Switching {
  /** Id of the conversation on screen; null until one is known. */
  readonly shown: ReadonlySignal<string | null> = computed(
    () => this.deps.loader.conversation.value?.id ?? null,
  );
  /** Nothing of the conversation on screen is stored. */
  readonly isTemporary: ReadonlySignal<boolean> = computed(() => isTemporary(this.shown.value ?? ''));
  /** The turn that is to be scrolled to; null once that is done. */
  readonly goTo: Signal<string | null> = signal(null);
  private readonly deps: SwitchingDeps;
  private changes = 0;
  /** Which change is under way, the last that was asked for; 0 where none is. */
  private change = 0;

  constructor(deps: SwitchingDeps) {
    this.deps = deps;
  }

  /** Another conversation was asked for and is not there yet. */
  get isChanging(): boolean {
    return this.change > 0;
  }

  /** Makes an empty conversation the current one; where it is one of that kind and empty already, nothing happens. */
  async begin(isTemporaryOne: boolean): Promise<void> {
    const { loader, turns } = this.deps;
    const isThere = this.shown.value !== null && turns.value.length === 0;
    if (this.isChanging || (isThere && this.isTemporary.value === isTemporaryOne)) return;
    await this.leave(() => loader.begin(isTemporaryOne));
  }

  /** Shows a conversation, from the message `turnId` on where that is given. */
  async open(id: string, turnId?: string): Promise<void> {
    if (id !== this.shown.value) await this.leave(() => this.deps.loader.open(id));
    if (turnId !== undefined && !this.hasTurn(turnId)) await this.selectBranch(id, turnId);
    if (this.shown.value === id) this.goTo.value = turnId ?? null;
  }

  private hasTurn(turnId: string): boolean {
    return this.deps.turns.peek().some(({ id }) => id === turnId);
  }

  /** The message is on another branch of the conversation on screen, which becomes the one that is shown. */
  private async selectBranch(id: string, turnId: string): Promise<void> {
    if (this.shown.peek() !== id) return;
    const { connect, loader } = this.deps;
    const isSelected = await askAgain<'select-turn'>(connect, { type: 'select-turn', turnId }).then(
      () => true,
      // It is deleted, or an answer is being written: then the end of the conversation is what can be shown.
      () => false,
    );
    if (isSelected && this.shown.peek() === id) await loader.load(id);
  }

  /** A temporary conversation ends when it is left. */
  private async leave(go: () => Promise<boolean>): Promise<void> {
    const before = this.shown.value;
    const change = ++this.changes;
    this.change = change;
    this.deps.composing.leave();
    const hasCome = await go();
    // Where a third one was chosen meanwhile, only that counts.
    if (change === this.change) {
      this.change = 0;
      if (!hasCome) this.deps.composing.stay();
      this.deps.onEnd(hasCome);
    }
    if (before === null || before === this.shown.value || !isTemporary(before)) return;
    // Where that cannot be said, it ends with the browser.
    askOnce<'delete-conversation'>(this.deps.connect, { type: 'delete-conversation', id: before }).catch(
      () => {},
    );
  }
}
