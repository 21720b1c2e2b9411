// The turns on screen and the streams that feed them.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { BUSY, type Trouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import type { ConversationView, Turn, TurnEvent } from '../protocol/contract.ts';
import { newTurn, placeAfterParent, type Sent } from './new-turn.ts';
import type { Outbox } from './outbox.ts';
import { isLive } from './reply-types.ts';
import { createTurnModel, type TurnModel, without, withParent } from './turn-model.ts';
import { VersionBook } from './versions.ts';
import { type TurnRequest, type Watch, watchTurn } from './watch.ts';

export type { TurnModel } from './turn-model.ts';

/** How long after Stop the worker may take to say how the turn ended, ms. */
const STOP_GRACE_MS = 1000;

export interface TurnListDeps {
  connect: Connect;
  newId(): string;
  now(): number;
  outbox: Outbox;
  /** Whether a turn that ended with its worker may go on without being asked. */
  mayGoOn(turn: Turn): boolean;
  /** A turn that was watched has ended. */
  onEnd(turn: TurnModel): void;
  /** A question that the worker never took (another view was first) left the screen; its text is nowhere else. */
  onRefused(turn: TurnModel): void;
}

export class TurnList {
  private readonly list: Signal<TurnModel[]> = signal([]);
  private readonly watches = new Map<string, Watch>();
  private readonly watching = signal(0);
  /** Turns that the worker has shown us: they are stored and can be read again. */
  private readonly stored = new Set<string>();
  /** Turns that were stopped here and whose end the worker has not told yet. */
  private readonly stopping = new Set<string>();
  private readonly deps: TurnListDeps;
  readonly versions = new VersionBook();
  /** Something is being waited for or streamed. */
  readonly busy: ReadonlySignal<boolean> = computed(() => this.watching.value > 0);

  private readonly toModel = (turn: Turn): TurnModel => createTurnModel(turn, this.deps.now);

  constructor(deps: TurnListDeps) {
    this.deps = deps;
  }

  get turns(): ReadonlySignal<TurnModel[]> {
    return this.list;
  }

  find(turnId: string): TurnModel | undefined {
    return this.list.peek().find((turn) => turn.id === turnId);
  }

  /** The turn that a new question follows: the last one that the worker knows. */
  headId(): string | null {
    return this.list.peek().findLast((turn) => this.stored.has(turn.id))?.id ?? null;
  }

  /** Shows a question and its waiting answer at once and sends the request; an answer with the same parent is replaced. */
  begin(conversationId: string, parentId: string | null, text: string, sent: Sent = {}): void {
    const turnId = this.deps.newId();
    const asked = { id: turnId, conversationId, parentId, createdAt: this.deps.now(), userText: text };
    const turn = this.toModel(newTurn(asked, sent));
    this.deps.outbox.put(turnId, text, conversationId);
    this.place(placeAfterParent(this.list.peek(), turn));
    this.watch({ type: 'chat', turnId, conversationId, parentId, text, ...sent });
  }

  /** Goes on with an answer that broke. */
  goOn(turnId: string): void {
    if (this.watches.has(turnId)) return;
    this.find(turnId)?.reply.resume();
    this.watch({ type: 'continue', turnId });
  }

  /** Watches a turn that another view started; it appears with its first snapshot. */
  adopt(turnId: string): void {
    if (!this.watches.has(turnId)) this.watch({ type: 'attach', turnId, fromSeq: 0 });
  }

  /**
   * Shows a stored conversation. What is on screen already stays the same object; what is live is watched. `gone`: what was on screen
   * is not stored any more.
   */
  show(view: ConversationView): 'shown' | 'gone' {
    const shown = this.list.peek();
    const before = shown.filter((turn) => turn.conversationId === view.id && this.stored.has(turn.id));
    // While the history cannot be read, the screen knows more of it than the worker.
    if (view.unsaved !== null && view.turns.length === 0 && before.length > 0) return 'shown';
    this.deps.outbox.taken(...view.turns.map(({ id }) => id));
    let next = view.turns.map((stored) => {
      this.stored.add(stored.id);
      const known = shown.find((turn) => turn.id === stored.id);
      if (!known) return this.toModel(stored);
      if (!this.watches.has(stored.id)) known.reply.show(stored);
      return withParent(known, stored.parentId);
    });
    const parent = before.findIndex((turn) => turn.id === next[0]?.parentId);
    next = [...before.slice(0, parent + 1), ...next];
    // A turn that was just sent may not be in the ledger yet.
    const unknown = shown.filter(
      ({ id, conversationId }) => conversationId === view.id && this.watches.has(id),
    );
    for (const turn of unknown)
      if (!next.some(({ id }) => id === turn.id)) next = placeAfterParent(next, turn);
    this.place(next, view.id);
    this.versions.take(view.versions ?? {});
    for (const turn of next) if (isLive(turn.reply.state.peek())) this.adopt(turn.id);
    // One whose last message was deleted still has its name.
    return before.length > 0 && view.turns.length === 0 && view.title === '' ? 'gone' : 'shown';
  }

  /** Ends what is streaming. The screen says so at once; the worker's own account of the end follows. */
  stop(): void {
    for (const [turnId, watch] of this.watches) {
      watch.abort();
      this.stopping.add(turnId);
      const stopped: Trouble = { code: 'aborted', message: 'Stopped.' };
      this.find(turnId)?.reply.breakOff(stopped);
      setTimeout(() => this.watches.get(turnId) === watch && this.ended(turnId, stopped), STOP_GRACE_MS);
    }
  }

  /** Takes a turn off the screen; what follows it moves up. */
  drop(turnId: string): void {
    this.stored.delete(turnId);
    this.list.value = without(this.list.peek(), turnId);
  }

  dispose(): void {
    for (const turnId of [...this.watches.keys()]) this.unwatch(turnId);
  }

  private watch(request: TurnRequest): void {
    const { turnId } = request;
    const watch = watchTurn(this.deps.connect, request, {
      onEvent: (event) => this.receive(turnId, event),
      mayGoOn: (turn) => this.deps.mayGoOn(turn),
      onEnd: (trouble) => this.ended(turnId, trouble),
    });
    this.watches.set(turnId, watch);
    this.watching.value = this.watches.size;
  }

  private unwatch(turnId: string): void {
    this.stopping.delete(turnId);
    this.watches.get(turnId)?.leave();
    this.watches.delete(turnId);
    this.watching.value = this.watches.size;
  }

  /** Makes `next` the path on screen and lets go of what is no longer on it. What the worker may not have stays in the outbox. */
  private place(next: TurnModel[], shown?: string): void {
    const dropped = this.list.peek().filter((turn) => !next.some(({ id }) => id === turn.id));
    this.list.value = next;
    for (const turn of dropped) {
      const isStored = this.stored.has(turn.id);
      if (isStored) this.versions.replaced(turn, next);
      this.unwatch(turn.id);
      if (!isStored && shown !== undefined && shown !== turn.conversationId) continue;
      this.deps.outbox.taken(turn.id);
      if (!isStored && !next.some((other) => other.userText === turn.userText)) this.deps.onRefused(turn);
    }
  }

  private receive(turnId: string, event: TurnEvent): void {
    const known = this.find(turnId);
    if (event.type === 'snapshot') {
      this.stored.add(turnId);
      this.deps.outbox.taken(turnId);
      if (known) known.reply.show(this.asStopped(known, event.turn));
      else this.place(placeAfterParent(this.list.peek(), this.toModel(event.turn)));
    } else if (event.type === 'delta') known?.reply.applyDelta(event);
    else known?.reply.applyState(event);
  }

  /** A snapshot that was on its way when the user stopped must not bring the turn to life again. */
  private asStopped(known: TurnModel, turn: Turn): Turn {
    if (!this.stopping.has(known.id) || !isLive(turn.state)) return turn;
    return { ...turn, state: known.reply.state.peek(), trouble: known.reply.trouble.peek() };
  }

  private ended(turnId: string, trouble: Trouble | null): void {
    this.unwatch(turnId);
    const turn = this.find(turnId);
    if (!turn) return;
    // Where another view was first, its turn follows.
    if (trouble?.message === BUSY && !this.stored.has(turnId)) {
      this.place(this.list.peek().filter((other) => other !== turn));
      return;
    }
    if (trouble) turn.reply.breakOff(trouble);
    else turn.reply.finish();
    this.deps.onEnd(turn);
  }
}
