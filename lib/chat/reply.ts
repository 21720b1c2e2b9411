// The answer of one turn as the view knows it: signals for what changes rarely, feeds for what changes with every delta.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Trouble } from '../engine/errors.ts';
import { type FinishMeaning, meaningOf } from '../engine/finish.ts';
import { emptyMessage, fold } from '../engine/fold.ts';
import { countBatch, type Stats } from '../engine/stats.ts';
import { createThinkSplitter, type ThinkPiece, type ThinkSplitter } from '../engine/think.ts';
import type { Message, ToolCall, Usage } from '../engine/types.ts';
import type { Turn, TurnState } from '../protocol/contract.ts';
import { type Delta, isLive, type StateEvent, type Thinking, type TurnFacts } from './reply-types.ts';
import { TextFeed } from './text-feed.ts';

/** Figures change on screen at most this often, ms: numbers that flicker cannot be read. */
const FIGURES_EVERY_MS = 250;

export class Reply {
  readonly text = new TextFeed();
  readonly reasoning = new TextFeed();
  private readonly currentState: Signal<TurnState>;
  private readonly currentTrouble = signal<Trouble | null>(null);
  private readonly currentStats: Signal<Stats>;
  private readonly currentThinking = signal<Thinking | null>(null);
  private readonly currentRetryAt = signal<number | null>(null);
  private readonly currentFacts: Signal<TurnFacts>;
  private readonly currentCalls = signal<readonly ToolCall[]>([]);
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
  /** The tools that the model asks for. */
  get toolCalls(): ReadonlySignal<readonly ToolCall[]> {
    return this.currentCalls;
  }

  /** Tokens as the server counted them; null while it has not said. */
  get usage(): Usage | null {
    return this.message.usage;
  }

  /** How the model ended; null while it has not. */
  get ending(): FinishMeaning | null {
    return this.message.finishReason === null ? null : meaningOf(this.message.finishReason);
  }

  /** Shows a stored or sent whole turn in place of what is there. */
  show(turn: Turn): void {
    this.message = turn.reply;
    this.currentFacts.value = turn;
    this.showCalls();
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
      const ms = turn.stats.thoughtMs ?? this.currentThinking.value?.ms ?? null;
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
    if (delta.events.some(({ type }) => type === 'tool-call')) this.showCalls();
    const isPayload = delta.events.some(({ type }) => type !== 'usage' && type !== 'finish');
    if (isPayload && isLive(this.currentState.value)) this.currentState.value = 'streaming';
    this.showFigures();
  }

  applyState(event: StateEvent): void {
    // After Stop the worker may still be a message behind; what has ended does not come alive again.
    if (!isLive(this.currentState.value) && isLive(event.state)) return;
    this.stats = { ...event.stats };
    const { thoughtMs } = event.stats;
    // Who came while the model thought knows only the rest of the time.
    if (thoughtMs !== undefined && this.currentThinking.value)
      this.currentThinking.value = { ...this.currentThinking.value, ms: thoughtMs };
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
    return this.text.text === '' && this.reasoning.text === '' && this.currentCalls.value.length === 0;
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

  private showCalls(): void {
    // Copies: fold lets the calls grow in place. An index may have been left out.
    this.currentCalls.value = this.message.toolCalls.flatMap((call) => (call ? [{ ...call }] : []));
  }

  private showFigures(): void {
    const now = this.now();
    if (now - this.figuresShownAt < FIGURES_EVERY_MS) return;
    this.figuresShownAt = now;
    this.currentStats.value = { ...this.stats };
  }
}
