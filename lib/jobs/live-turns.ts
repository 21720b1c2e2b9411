// The turns that are being answered now. Any number of viewers can watch one; none of them owns it.
import { StreamError, type Trouble } from '../engine/errors.ts';
import { fold } from '../engine/fold.ts';
import { countBatch } from '../engine/stats.ts';
import { createThinkingTime, type ThinkingTime } from '../engine/thinking-time.ts';
import type { StreamBatch } from '../engine/types.ts';
import type { Turn, TurnEvent, TurnState } from '../protocol/contract.ts';

type Viewer = (event: TurnEvent) => void;

export class LiveTurn {
  readonly turn: Turn;
  readonly stop = new AbortController();
  private readonly thinking: ThinkingTime;
  private readonly viewers = new Set<Viewer>();
  private readonly ended = Promise.withResolvers<void>();
  /** Called when a viewer comes or goes. */
  onViewers: () => void = () => {};

  constructor(turn: Turn) {
    this.turn = turn;
    this.thinking = createThinkingTime(turn.stats);
  }

  /** Somebody is looking. */
  get isWatched(): boolean {
    return this.viewers.size > 0;
  }

  /** Resolves when the turn has ended. */
  get over(): Promise<void> {
    return this.ended.promise;
  }

  /** Folds a batch and hands it on: one message for everything that one network read brought. */
  add(batch: StreamBatch, elapsedMs: number): void {
    fold(this.turn.reply, batch.events);
    countBatch(this.turn.stats, batch, elapsedMs);
    this.thinking.take(batch.events, elapsedMs);
    this.post({ type: 'delta', seq: ++this.turn.seq, events: batch.events, chunks: batch.chunks, elapsedMs });
  }

  setState(state: TurnState, trouble: Trouble | null = null, retryInMs?: number): void {
    this.turn.state = state;
    this.turn.trouble = trouble;
    const stats = { ...this.turn.stats };
    const wait = retryInMs === undefined ? {} : { retryInMs };
    this.post({ type: 'state', seq: ++this.turn.seq, state, trouble, stats, ...wait });
  }

  /** Shows the turn to a viewer until it leaves or the turn ends: a snapshot first, unless it has everything up to now. */
  async watch(viewer: Viewer, left: AbortSignal, fromSeq = 0): Promise<void> {
    const { seq } = this.turn;
    if (fromSeq !== seq || seq === 0) viewer({ type: 'snapshot', seq, turn: this.turn });
    if (left.aborted) return;
    const leave = () => {
      this.viewers.delete(viewer);
      this.onViewers();
    };
    this.viewers.add(viewer);
    this.onViewers();
    left.addEventListener('abort', leave, { once: true });
    await this.ended.promise;
  }

  /** The next attempt begins in `waitMs`. */
  retryIn(waitMs: number, trouble: Trouble): void {
    this.turn.stats.retries++;
    this.setState('retrying', trouble, waitMs);
  }

  /** What comes next goes on after a break. */
  goOn(trouble: Trouble | null): void {
    const offset = this.turn.reply.text.length;
    if (offset > 0 && this.turn.seams.at(-1) !== offset) this.turn.seams.push(offset);
    this.setState('continuing', trouble);
  }

  /** Thoughts that no answer followed end with the turn. */
  endThoughts(): void {
    this.thinking.end(this.turn.stats.elapsedMs);
  }

  end(): void {
    this.viewers.clear();
    this.ended.resolve();
  }

  private post(event: TurnEvent): void {
    for (const viewer of this.viewers) viewer(event);
  }
}

export class LiveTurns {
  private readonly turns = new Map<string, LiveTurn>();
  /** Called when a turn begins or ends, and when one is watched or no longer. */
  onChange: () => void = () => {};

  /** A turn is being answered that nobody looks at. */
  get isUnwatched(): boolean {
    return [...this.turns.values()].some((live) => !live.isWatched);
  }

  find(turnId: string): LiveTurn | undefined {
    return this.turns.get(turnId);
  }

  isBusy(conversationId: string): boolean {
    for (const live of this.turns.values()) if (live.turn.conversationId === conversationId) return true;
    return false;
  }

  /** Ends what is being answered in a conversation, in all without an id; resolves when that is written down. */
  async stop(conversationId?: string): Promise<void> {
    const stopped = [...this.turns.values()].filter(
      ({ turn }) => conversationId === undefined || turn.conversationId === conversationId,
    );
    for (const { stop } of stopped) stop.abort(new StreamError('aborted', 'Stopped.'));
    await Promise.all(stopped.map(({ over }) => over));
  }

  add(live: LiveTurn): void {
    this.turns.set(live.turn.id, live);
    live.onViewers = () => this.onChange();
    this.onChange();
  }

  remove(live: LiveTurn): void {
    this.turns.delete(live.turn.id);
    this.onChange();
  }
}
