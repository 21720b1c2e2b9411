// Which turns stand in the place of one another: asking again or in other words makes a new turn beside the old one.
import { type Signal, signal } from '@preact/signals';
import type { Turn, Versions } from '../protocol/contract.ts';

type Placed = Pick<Turn, 'id' | 'conversationId' | 'parentId'>;

/** The place of a turn among its versions. */
export interface VersionPlace {
  /** From 1 on. */
  number: number;
  count: number;
  /** Id of the turn before it; absent for the first. */
  previous: string | undefined;
  /** Id of the turn after it; absent for the last. */
  next: string | undefined;
}

export class VersionBook {
  private readonly known: Signal<Versions> = signal({});

  /** Takes the worker's account, which replaces everything. */
  take(versions: Versions): void {
    this.known.value = versions;
  }

  /** `old` has left the screen; another turn of the path `now` may have come in its place. */
  replaced(old: Placed, now: readonly Placed[]): void {
    const added = now.find(
      ({ conversationId, parentId }) => conversationId === old.conversationId && parentId === old.parentId,
    );
    if (!added) return;
    const all = this.known.peek()[old.id] ?? [old.id];
    if (!all.includes(added.id)) this.known.value = { ...this.known.peek(), [added.id]: [...all, added.id] };
  }

  /** Undefined where nothing else stands in its place. */
  find(turnId: string): VersionPlace | undefined {
    const all = this.known.value[turnId];
    if (!all || all.length < 2) return undefined;
    const at = all.indexOf(turnId);
    return at < 0
      ? undefined
      : { number: at + 1, count: all.length, previous: all[at - 1], next: all[at + 1] };
  }
}
