// Deleting a message. For some seconds it is only hidden here, and Undo brings it back; then the worker takes it out for good.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';

/** How long Undo is offered, ms. */
const UNDO_FOR_MS = 8000;

interface RemovalDeps {
  /** Takes the turn off the screen and out of the history. */
  remove(turnId: string): void;
}

export class Removal {
  private readonly hidden: Signal<string | null> = signal(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly deps: RemovalDeps;

  constructor(deps: RemovalDeps) {
    this.deps = deps;
  }

  /** Id of the turn that is deleted unless somebody takes that back; null while there is none. */
  get pending(): ReadonlySignal<string | null> {
    return this.hidden;
  }

  begin(turnId: string): void {
    this.commit();
    this.hidden.value = turnId;
    this.run();
  }

  undo(): void {
    clearTimeout(this.timer);
    this.hidden.value = null;
  }

  /** Nobody is hurried who is at the button. */
  hold(): void {
    clearTimeout(this.timer);
  }

  /** The time for Undo begins (again). */
  run(): void {
    clearTimeout(this.timer);
    if (this.hidden.peek() !== null) this.timer = setTimeout(() => this.commit(), UNDO_FOR_MS);
  }

  /** Deletes now what was to be deleted. */
  commit(): void {
    const turnId = this.hidden.peek();
    this.undo();
    if (turnId !== null) this.deps.remove(turnId);
  }
}
