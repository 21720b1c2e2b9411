// How many jobs run: the worker is held awake for them, and an update of the extension waits for their end.
import type { Clock } from '../engine/timeouts.ts';

export class Running {
  private count = 0;
  private waiting: (() => void)[] = [];
  private readonly keepAwake: () => () => void;

  constructor(keepAwake: () => () => void) {
    this.keepAwake = keepAwake;
  }

  /** A job begins; the returned function ends it. */
  readonly begin = (): (() => void) => {
    const release = this.keepAwake();
    let isOver = false;
    this.count++;
    return () => {
      if (isOver) return;
      isOver = true;
      release();
      this.count--;
      if (this.count === 0) for (const resolve of this.waiting.splice(0)) resolve();
    };
  };

  /** Resolves when no job runs, at the latest after `limitMs`. */
  async idle(clock: Clock, limitMs: number): Promise<void> {
    if (this.count === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting.push(resolve);
    const cancel = clock.after(limitMs, resolve);
    await promise;
    cancel();
  }
}
