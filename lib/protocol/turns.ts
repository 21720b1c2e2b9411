// The wire for what can be done with turns that are stored. Types only.
import type { ModelPrice } from '../engine/types.ts';

/** By id of a turn: all that stand in its place, itself among them, oldest first. Turns that stand alone are not in it. */
export type Versions = Record<string, string[]>;

export interface TurnRequests {
  /** Shows the conversation along this turn, down to the newest end of what follows it. */
  'select-turn': { turnId: string };
  /** Takes one turn out for good; what followed it follows the turn before it. */
  'delete-turn': { turnId: string };
  /** What the turn's model costs at its server, as far as that is known. */
  price: { turnId: string };
}

export interface TurnResults {
  'select-turn': null;
  'delete-turn': null;
  price: Required<ModelPrice> | null;
}
