// Figures of what was asked for and what it cost. Types only.

/** Sums over requests. */
export interface Totals {
  requests: number;
  /** Tokens sent. */
  input: number;
  /** Tokens that came. */
  output: number;
  /** US dollars, of the requests whose price is known. */
  cost: number;
  /** How many of the requests have tokens that are our estimate. */
  estimated: number;
  /** How many of the requests have no known price. */
  unpriced: number;
}

/** The sums of one day, one model and one kind. */
export interface UsageRow extends Totals {
  /** The user's own day, `2026-01-31`. */
  day: string;
  kind: 'chat' | 'translation';
  /** Host and port of the server. */
  host: string;
  model: string;
}
