// Whether a failed attempt is repeated, and when: a pure list of decisions. Only for attempts of which nothing was shown; what was
// shown is continued instead (lib/engine/continuation.ts).
import type { ErrorCode, StreamError } from './errors.ts';

export interface RetryPolicy {
  /** Repeats after the first attempt. */
  retries: number;
  /** The first wait, ms; doubles with each repeat. */
  baseMs: number;
  /** No wait of our own is longer, ms. */
  capMs: number;
  /** The longest wait a server may ask for, ms; a longer one ends the turn. */
  maxRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  retries: 3,
  baseMs: 1000,
  capMs: 8000,
  maxRetryAfterMs: 60_000,
};

/** One attempt, and its error as it is. */
export const once = {
  retry: { ...defaultRetryPolicy, retries: 0 },
  continuations: 0,
  random: () => 0,
} as const;

/** What may pass by itself. Every other failure needs a person, or is a bug of ours, and a repeat would only cost. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'network',
  'rate-limited',
  'server',
  'overloaded',
  'timeout-connect',
  'interrupted',
]);

/**
 * Milliseconds to wait before the next attempt; undefined to give up.
 * @param failed attempts that have failed so far, this one included
 * @param random 0 ≤ random < 1
 */
export function findRetryDelay(
  error: StreamError,
  failed: number,
  policy: RetryPolicy,
  random: number,
): number | undefined {
  if (failed > policy.retries) return undefined;
  if (error.shouldRetry === false) return undefined;
  if (!PASSING.has(error.code) && error.shouldRetry !== true) return undefined;
  if (error.retryAfterMs !== undefined) {
    // The server's own figure is taken as it is: jitter below it would come too early.
    return error.retryAfterMs <= policy.maxRetryAfterMs ? error.retryAfterMs : undefined;
  }
  const full = Math.min(policy.capMs, policy.baseMs * 2 ** (failed - 1));
  // Between half and all of it, so that many clients of one server do not come back together.
  return full / 2 + (full / 2) * random;
}
