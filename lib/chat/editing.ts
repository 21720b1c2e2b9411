// A question that is being written anew. Until it is sent, the old one and its answer stay as they are.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { TurnModel } from './turn-model.ts';

export interface Edit {
  readonly turnId: string;
  readonly text: Signal<string>;
}

interface EditingDeps {
  find(turnId: string): TurnModel | undefined;
  /** Why nothing can be asked now, in words that were shown already. */
  refuse(text: string): boolean;
  /** Asks `text` in the place of `turn`. */
  ask(turn: TurnModel, text: string): void;
}

export class Editing {
  private readonly open: Signal<Edit | null> = signal(null);
  /** What was written and left with Escape: it may have been meant for something else. */
  private readonly left = new Map<string, string>();
  private readonly deps: EditingDeps;

  constructor(deps: EditingDeps) {
    this.deps = deps;
  }

  /** Null while nothing is edited. */
  get current(): ReadonlySignal<Edit | null> {
    return this.open;
  }

  begin(turnId: string): void {
    const turn = this.deps.find(turnId);
    if (turn?.kind !== 'chat' || turn.isDamaged || this.open.peek()?.turnId === turnId) return;
    this.leave();
    this.open.value = { turnId, text: signal(this.left.get(turnId) ?? turn.userText) };
  }

  /** Closes the box; what was written in it is there when it opens again. */
  leave(): void {
    const edit = this.open.peek();
    if (edit) this.left.set(edit.turnId, edit.text.peek());
    this.open.value = null;
  }

  /** Closes the box and forgets what was written in it. */
  cancel(): void {
    const edit = this.open.peek();
    if (edit) this.left.delete(edit.turnId);
    this.open.value = null;
  }

  /** Asks what is written now in place of the question; where that cannot be, the box stays. */
  send(): void {
    const edit = this.open.peek();
    const turn = edit && this.deps.find(edit.turnId);
    const text = edit?.text.peek() ?? '';
    if (!edit || !turn || text.trim() === '' || this.deps.refuse(text)) return;
    this.cancel();
    this.deps.ask(turn, text);
  }
}
