// The vocabulary of a reply in the view.
import type { Turn, TurnEvent, TurnState } from '../protocol/contract.ts';

/** `active`: reasoning is arriving and no text has come yet. `ms` is null where nobody measured it (a stored turn). */
export interface Thinking {
  active: boolean;
  ms: number | null;
}

/** What is known of how a turn was answered, beside its figures. */
export type TurnFacts = Pick<Turn, 'model' | 'origin' | 'attempts' | 'seams'>;

export type Delta = Extract<TurnEvent, { type: 'delta' }>;
export type StateEvent = Extract<TurnEvent, { type: 'state' }>;

/** Whether more may come without anybody asking. */
export function isLive(state: TurnState): boolean {
  return state === 'waiting' || state === 'streaming' || state === 'retrying' || state === 'continuing';
}
