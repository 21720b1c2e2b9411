// A turn as it is before the worker has heard of it, and its place.
import { emptyMessage } from '../engine/fold.ts';
import { emptyStats } from '../engine/stats.ts';
import { type Attachments, attachmentsOf } from '../protocol/attachments.ts';
import type { Turn } from '../protocol/contract.ts';

type Given = Pick<Turn, 'id' | 'conversationId' | 'parentId' | 'createdAt' | 'userText'>;

/** What goes with a question beside its words. `system`: the conversation's own instructions from now on. */
export type Sent = Attachments & { system?: string };

interface Placed {
  readonly id: string;
  readonly parentId: string | null;
}

export function newTurn(given: Given, sent: Sent): Turn {
  return {
    ...given,
    ...attachmentsOf(sent),
    kind: 'chat',
    reply: emptyMessage(),
    seams: [],
    state: 'waiting',
    trouble: null,
    stats: emptyStats(),
    model: '',
    origin: '',
    attempts: [],
    seq: 0,
  };
}

/** The path with `turn` at its end: what followed its parent before is no longer on it. */
export function placeAfterParent<T extends Placed>(path: readonly T[], turn: T): T[] {
  if (turn.parentId === null) return [turn];
  const parent = path.findIndex((other) => other.id === turn.parentId);
  return [...(parent < 0 ? path : path.slice(0, parent + 1)), turn];
}
