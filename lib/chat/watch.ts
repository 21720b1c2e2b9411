// Watches one turn until its last event: keeps the order, and finds the turn again when the worker was gone.
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import { type OpenRequest, openRequest } from '../protocol/client.ts';
import type { Request, Turn, TurnEvent } from '../protocol/contract.ts';
import { isLive } from './reply-types.ts';

/** Waits before the 1st, 2nd … attempt to find the turn again, ms. A worker starts in tens of milliseconds. */
const RECONNECT_AFTER_MS = [0, 250, 1000, 2000];

/** How often a turn goes on by itself after the worker died: one that ends the worker each time would be paid for ever. */
const MAX_REVIVALS = 3;

export type TurnRequest = Extract<Request, { type: 'chat' | 'continue' | 'attach' }>;

export interface Viewer {
  onEvent(event: TurnEvent): void;
  /** Whether a turn that ended with its worker may go on without being asked. */
  mayGoOn(turn: Turn): boolean;
  /** The last event came (null), or an error ended it. Called once; not after `leave`. */
  onEnd(trouble: Trouble | null): void;
}

export interface Watch {
  /** Asks the worker to end the job; the end still comes. */
  abort(): void;
  /** Stops watching; the job goes on. */
  leave(): void;
}

export function watchTurn(connect: Connect, first: TurnRequest, viewer: Viewer): Watch {
  const watch = new TurnWatch(connect, first, viewer);
  watch.open();
  return watch;
}

class TurnWatch implements Watch {
  private readonly connect: Connect;
  private readonly viewer: Viewer;
  private request: TurnRequest;
  private opened: OpenRequest<TurnRequest['type']> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Sequence number of the last event that was handed on; null before the first of a connection. */
  private seq: number | null = null;
  private attempts = 0;
  private workerDied = false;
  private revivals = 0;
  private abortWanted = false;
  private over = false;

  constructor(connect: Connect, request: TurnRequest, viewer: Viewer) {
    this.connect = connect;
    this.request = request;
    this.viewer = viewer;
  }

  abort(): void {
    this.abortWanted = true;
    this.opened?.abort();
  }

  leave(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.opened?.leave();
  }

  open(): void {
    this.seq = null;
    let opened: OpenRequest<TurnRequest['type']>;
    try {
      opened = openRequest<TurnRequest['type']>(this.connect, this.request, (event) => {
        if (this.opened === opened && !this.over) this.receive(event);
      });
    } catch {
      // The extension was updated or removed under this page: there is nobody to connect to.
      this.lost(toTrouble(new StreamError('worker-gone', 'The background worker cannot be reached.')));
      return;
    }
    this.opened = opened;
    if (this.abortWanted) opened.abort();
    opened.result.then(
      () => this.opened === opened && this.end(null),
      (error: unknown) => this.opened === opened && this.lost(toTrouble(error)),
    );
  }

  private receive(event: TurnEvent): void {
    if (event.type === 'snapshot') {
      if (this.revive(event.turn)) return;
      this.attachFromNowOn(event.turn.id);
    } else {
      const seq = this.seq ?? 0;
      if (event.seq > seq + 1) {
        this.reopen();
        return;
      }
      if (event.type === 'delta') {
        if (this.seq !== null && event.seq <= seq) return;
        this.attempts = 0;
      } else if (event.seq < seq) return;
      this.attachFromNowOn(this.request.turnId);
    }
    this.seq = event.seq;
    this.viewer.onEvent(event);
  }

  /**
   * As long as nothing came, a lost `chat` request is repeated with the same turn id, which the worker never starts twice; once the
   * turn is known to exist it is only attached to.
   */
  private attachFromNowOn(turnId: string): void {
    this.request = { type: 'attach', turnId, fromSeq: 0 };
  }

  /** Goes on with a turn that ended under our eyes, because its worker died. */
  private revive(turn: Turn): boolean {
    const mayRevive = this.workerDied && !this.abortWanted && this.revivals < MAX_REVIVALS;
    if (!mayRevive || isLive(turn.state) || !this.viewer.mayGoOn(turn)) return false;
    this.revivals++;
    this.workerDied = false;
    this.viewer.onEvent({ type: 'snapshot', seq: 0, turn: { ...turn, state: 'continuing', trouble: null } });
    this.opened?.leave();
    this.opened = undefined;
    this.request = { type: 'continue', turnId: turn.id };
    this.open();
    return true;
  }

  private reopen(): void {
    this.opened?.leave();
    this.opened = undefined;
    this.attachFromNowOn(this.request.turnId);
    this.lost(toTrouble(new StreamError('interrupted', 'A part of the answer was missed.')), true);
  }

  private lost(trouble: Trouble, again = trouble.code === 'worker-gone'): void {
    if (this.over) return;
    const wait = RECONNECT_AFTER_MS[this.attempts];
    this.opened = undefined;
    if (trouble.code === 'worker-gone') {
      this.workerDied = true;
      if (this.request.type === 'continue') this.attachFromNowOn(this.request.turnId);
    }
    if (!again || wait === undefined) {
      this.end(trouble);
      return;
    }
    this.attempts++;
    this.timer = setTimeout(() => this.open(), wait);
  }

  private end(trouble: Trouble | null): void {
    if (this.over) return;
    this.over = true;
    this.viewer.onEnd(trouble);
  }
}
