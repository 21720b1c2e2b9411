// Switches between a translation and the originals without asking again: what came is kept and written once more.
import { type Item, type ItemState, putBack, showItem } from './item.ts';
import type { RunStatus } from './run-status.ts';
import type { Run } from './run-types.ts';

export class Toggle {
  readonly #run: Run;
  #hidden: { items: { item: Item; state: ItemState }[]; status: RunStatus } | undefined;

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
      this.#hidden = { status, items: items.map((item) => ({ item, state: item.state })) };
      for (const item of items) putBack(item);
      return;
    }
    for (const { item, state } of this.#hidden.items) {
      if (state === 'original') continue;
      item.state = state;
      item.writer.feed(item.reply);
      item.writer.end(state === 'done');
      showItem(item, status.language);
    }
    this.#hidden = undefined;
  }
}
