// The four clocks of one attempt: connect and headers, first payload, silence between payloads, and the total.
import { type ErrorCode, StreamError } from './errors.ts';
import type { Timeouts } from './types.ts';

/** Time, handed in so that tests can turn it. */
export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Calls `fire` once after `ms`; the returned function takes that back. */
  after(ms: number, fire: () => void): () => void;
}

export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

export interface Clocks {
  /** The headers came. */
  headers(): void;
  /** A payload came: text, reasoning or a piece of a tool call. Comments and empty chunks do not call this. */
  payload(): void;
  /** The finish reason came: only the usage and the end of the body are still to come, and some servers send neither. */
  finish(): void;
  stop(): void;
}

/** How long the end of the body may take after the finish reason, ms. */
const TAIL = 5000;

const WORDS: Record<string, string> = {
  'timeout-connect': 'No answer came within',
  'timeout-first-token': 'The first token did not come within',
  'timeout-idle': 'Nothing more came for',
  'timeout-total': 'The answer was not complete after',
};

/** Starts the clocks; `expire` is called at most once, with the error of the clock that ran out. */
export function startClocks(timeouts: Timeouts, clock: Clock, expire: (error: StreamError) => void): Clocks {
  const begin = clock.now();
  let phase: { code: ErrorCode; limit: number; since: number } = {
    code: 'timeout-connect',
    limit: timeouts.connect,
    since: begin,
  };
  let cancel = () => {};
  let finished = false;
  // The timer is set for the next deadline and looked at again when it fires: a payload only moves a number, so a fast stream
  // does not set a timer for every read.
  function arm(): void {
    cancel();
    const now = clock.now();
    const phaseLeft = phase.limit > 0 ? phase.since + phase.limit - now : Number.POSITIVE_INFINITY;
    const totalLeft = timeouts.total > 0 ? begin + timeouts.total - now : Number.POSITIVE_INFINITY;
    const left = Math.min(phaseLeft, totalLeft);
    if (totalLeft <= 0) fail('timeout-total', timeouts.total);
    else if (phaseLeft <= 0) fail(phase.code, phase.limit);
    else if (Number.isFinite(left)) cancel = clock.after(Math.ceil(left), arm);
  }
  function fail(code: ErrorCode, limit: number): void {
    expire(new StreamError(code, `${WORDS[code]} ${limit / 1000} s.`));
  }
  arm();
  return {
    headers() {
      phase = { code: 'timeout-first-token', limit: timeouts.firstToken, since: clock.now() };
      arm();
    },
    payload() {
      const first = phase.code !== 'timeout-idle';
      phase = { code: 'timeout-idle', limit: timeouts.idle, since: clock.now() };
      if (first) arm();
    },
    finish() {
      if (finished) return;
      finished = true;
      phase = { code: 'timeout-idle', limit: TAIL, since: clock.now() };
      arm();
    },
    stop: () => cancel(),
  };
}
