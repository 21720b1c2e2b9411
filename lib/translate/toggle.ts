// Switches between a translation and the originals without asking again: what came is kept and written once more.
import { type Item, rewriteItem, setAside, showItem } from './item.ts';
import type { RunStatus } from './run-status.ts';
import type { Run } from './run-types.ts';

export class Toggle {
  readonly #run: Run;
  #hidden: { items: Map<number, Item>; status: RunStatus } | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /** The originals are shown. */
  get isSwitched(): boolean {
    return this.#hidden !== undefined;
  }

  /** Of the run as it was, while the originals are shown. */
  get status(): RunStatus {
    return this.#hidden?.status ?? this.#run.status;
  }

  /** For a run that has ended. */
  flip(): void {
    const { status, items } = this.#run;
    if (!this.#hidden) {
      this.#hidden = { status, items: setAside(items) };
      return;
    }
    for (const item of items) {
      rewriteItem(item, this.#hidden.items.get(item.segment.id)?.state ?? 'original');
      showItem(item, status.language);
    }
    this.#hidden = undefined;
  }
}
