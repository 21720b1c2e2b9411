// The answer of one turn as the view knows it: signals for what changes rarely, feeds for what changes with every delta.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Trouble } from '../engine/errors.ts';
import { type FinishMeaning, meaningOf } from '../engine/finish.ts';
import { emptyMessage, fold } from '../engine/fold.ts';
import { countBatch, type Stats } from '../engine/stats.ts';
import { createThinkSplitter, type ThinkPiece, type ThinkSplitter } from '../engine/think.ts';
import type { Message } from '../engine/types.ts';
import type { Turn, TurnEvent, TurnState } from '../protocol/contract.ts';
import { TextFeed } from './text-feed.ts';

/** Figures change on screen at most this often, ms: numbers that flicker cannot be read. */
const FIGURES_EVERY_MS = 250;

/** `active`: reasoning is arriving and no text has come yet. `ms` is null where nobody measured it (a stored turn). */
export interface Thinking {
  active: boolean;
  ms: number | null;
}

/** What is known of how a turn was answered, beside its figures. */
export type TurnFacts = Pick<Turn, 'model' | 'attempts'>;

export type Delta = Extract<TurnEvent, { type: 'delta' }>;
export type StateEvent = Extract<TurnEvent, { type: 'state' }>;

/** Whether more may come without anybody asking. */
export function isLive(state: TurnState): boolean {
  return state === 'waiting' || state === 'streaming' || state === 'retrying' || state === 'continuing';
}

export class Reply {
  readonly text = new TextFeed();
  readonly reasoning = new TextFeed();
  private readonly currentState: Signal<TurnState>;
  private readonly currentTrouble = signal<Trouble | null>(null);
  private readonly currentStats: Signal<Stats>;
  private readonly currentThinking = signal<Thinking | null>(null);
  private readonly currentRetryAt = signal<number | null>(null);
  private readonly currentFacts: Signal<TurnFacts>;
  private message: Message = emptyMessage();
  /** Some models write their reasoning into the answer, between tags. */
  private splitter: ThinkSplitter = createThinkSplitter();
  private stats: Stats;
  private figuresShownAt = Number.NEGATIVE_INFINITY;
  private thinkingSince: number | null = null;
  private readonly now: () => number;

  constructor(turn: Turn, now: () => number) {
    this.now = now;
    this.stats = turn.stats;
    this.currentStats = signal(turn.stats);
    this.currentState = signal(turn.state);
    this.currentFacts = signal(turn);
    this.show(turn);
  }

  get state(): ReadonlySignal<TurnState> {
    return this.currentState;
  }
  get trouble(): ReadonlySignal<Trouble | null> {
    return this.currentTrouble;
  }
  get shownStats(): ReadonlySignal<Stats> {
    return this.currentStats;
  }
  /** Null while there is no reasoning. */
  get thinking(): ReadonlySignal<Thinking | null> {
    return this.currentThinking;
  }
  /** When the next attempt starts, on the clock handed in; null outside a backoff. */
  get retryAt(): ReadonlySignal<number | null> {
    return this.currentRetryAt;
  }

  get facts(): ReadonlySignal<TurnFacts> {
    return this.currentFacts;
  }

  /** How the model ended; null while it has not. */
  get ending(): FinishMeaning | null {
    return this.message.finishReason === null ? null : meaningOf(this.message.finishReason);
  }

  /** Shows a stored or sent whole turn in place of what is there. */
  show(turn: Turn): void {
    this.message = turn.reply;
    this.currentFacts.value = turn;
    this.stats = { ...turn.stats };
    this.splitter = createThinkSplitter();
    const { text, reasoning } = this.splitter.feed(turn.reply.text);
    // Seams are offsets in what the model wrote; its thoughts are shown elsewhere.
    const hidden = turn.reply.text.length - text.length;
    const seams = reasoning === '' ? turn.seams : turn.seams.map((offset) => Math.max(0, offset - hidden));
    this.text.replace(text + turn.reply.refusal, seams);
    this.reasoning.replace(turn.reply.reasoning + reasoning);
    if (this.reasoning.text === '') this.currentThinking.value = null;
    else {
      const ms = this.currentThinking.value?.ms ?? null;
      this.currentThinking.value = { active: isLive(turn.state) && this.text.text === '', ms };
    }
    this.settle(turn.state, turn.trouble);
  }

  applyDelta(delta: Delta): void {
    fold(this.message, delta.events);
    countBatch(this.stats, delta, delta.elapsedMs);
    for (const event of delta.events) {
      if (event.type === 'reasoning') this.think(event.text, delta.elapsedMs);
      else if (event.type === 'text') this.write(this.splitter.feed(event.text), delta.elapsedMs);
      else if (event.type === 'refusal') this.say(event.text, delta.elapsedMs);
    }
    const isPayload = delta.events.some(({ type }) => type !== 'usage' && type !== 'finish');
    if (isPayload && isLive(this.currentState.value)) this.currentState.value = 'streaming';
    this.showFigures();
  }

  applyState(event: StateEvent): void {
    // After Stop the worker may still be a message behind; what has ended does not come alive again.
    if (!isLive(this.currentState.value) && isLive(event.state)) return;
    this.stats = { ...event.stats };
    this.currentRetryAt.value =
      event.state === 'retrying' && event.retryInMs !== undefined ? this.now() + event.retryInMs : null;
    if (event.state === 'continuing') this.text.mark();
    this.settle(event.state, event.trouble);
  }

  /** The answer is asked to go on; the worker's own account follows. */
  resume(): void {
    this.currentTrouble.value = null;
    this.currentState.value = 'continuing';
  }

  /** Ends the reply from this side: partial where something came, failed where nothing did. */
  breakOff(trouble: Trouble): void {
    if (!isLive(this.currentState.value)) return;
    this.currentRetryAt.value = null;
    this.settle(this.isEmpty() ? 'failed' : 'partial', trouble);
  }

  /** The last event came without a last state: nothing more will come. */
  finish(): void {
    if (isLive(this.currentState.value)) this.settle('done', null);
  }

  private isEmpty(): boolean {
    return this.text.text === '' && this.reasoning.text === '';
  }

  private settle(state: TurnState, trouble: Trouble | null): void {
    // Trouble that is being dealt with is told by the state alone.
    this.currentTrouble.value = isLive(state) ? null : trouble;
    this.currentState.value = state;
    this.currentStats.value = { ...this.stats };
    if (isLive(state)) return;
    this.write(this.splitter.end(), this.stats.elapsedMs);
    if (this.currentThinking.value?.active) this.endThinking(this.stats.elapsedMs);
    this.reasoning.end();
    this.text.end();
  }

  private write({ text, reasoning, moved }: ThinkPiece, elapsedMs: number): void {
    if (moved) this.text.replace('');
    if (reasoning !== '') this.think(reasoning, elapsedMs);
    if (text !== '') this.say(text, elapsedMs);
  }

  private say(text: string, elapsedMs: number): void {
    if (this.currentThinking.value?.active) this.endThinking(elapsedMs);
    this.text.append(text);
  }

  private think(text: string, elapsedMs: number): void {
    this.thinkingSince ??= elapsedMs;
    this.reasoning.append(text);
    if (!this.currentThinking.value) this.currentThinking.value = { active: this.text.text === '', ms: null };
  }

  private endThinking(elapsedMs: number): void {
    const since = this.thinkingSince;
    this.currentThinking.value = { active: false, ms: since === null ? null : elapsedMs - since };
  }

  private showFigures(): void {
    const now = this.now();
    if (now - this.figuresShownAt < FIGURES_EVERY_MS) return;
    this.figuresShownAt = now;
    this.currentStats.value = { ...this.stats };
  }
}
