// One error class for everything that can go wrong on the way of an answer. It travels over ports as plain data;
// the words a person reads are chosen by code, in lib/words.

export const ERROR_CODES = [
  'no-key',
  'bad-url',
  'permission',
  'offline',
  'network',
  'redirect',
  'not-an-api',
  'unauthorised',
  'forbidden',
  'origin-refused',
  'quota',
  'rate-limited',
  'model-not-found',
  'not-found',
  'too-long',
  'bad-request',
  'content-filter',
  'server',
  'overloaded',
  'timeout-connect',
  'timeout-first-token',
  'timeout-idle',
  'timeout-total',
  'interrupted',
  'bad-data',
  'too-large',
  'aborted',
  'worker-gone',
  'storage',
  'tool',
  'unknown',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A {@link StreamError} as data: what is stored in the ledger and sent over ports. Already redacted. */
export interface Trouble {
  code: ErrorCode;
  /** The server's useful words, or ours where there are none; for "Details", never the headline. */
  message: string;
  status?: number;
  /** Milliseconds the server asked us to wait (from retry-after-ms or retry-after). */
  retryAfterMs?: number;
}

interface ErrorDetails {
  status?: number | undefined;
  retryAfterMs?: number | undefined;
  shouldRetry?: boolean | undefined;
  cause?: unknown;
}

/** Words of ours that a view may know again: going on did not work, because the model wrote another answer. */
export const BEGAN_ANEW = 'The model began its answer anew instead of going on.';

/** What pages may ask for in a time; told as it stands here. */
export const LIMIT_WORDS = {
  minute: 'This tab was translated thirty times in a minute. Wait a moment.',
  hour: 'This tab was translated 300 times in an hour. Wait a while.',
  day: 'Pages have asked for a million characters in a day, which is the limit. The chat still works.',
} as const;

/** Why a page may not ask: no gesture allowed it, or not as much; told as it stands here. */
export const GRANT_WORDS = {
  none: 'Select the text and translate it again.',
  tooLong: 'The selection is too long.',
} as const;

/** Why an address cannot be a base URL. */
export const URL_WORDS = {
  empty: 'The base URL is empty.',
  scheme: 'The base URL must begin with https://',
  space: 'The base URL contains a space or a backslash.',
  invalid: 'This is not a valid URL.',
  user: 'The base URL must not contain a user name or password.',
  query: 'The base URL must end with its path: no “?” or “#”.',
  plain:
    'Only https is allowed, or http on this computer (localhost): a key sent over plain http can be read on the way.',
} as const;

/** Why the history cannot be written or opened. */
export const STORE_WORDS = {
  full: 'The space that the browser gives to Runnel is used up.',
  held: 'The stored data is held by another running Runnel.',
  newer: 'The stored data was written by a newer version of Runnel and is left as it is.',
};
/** The same where only the browser can say why: its words stand in between. */
export const STORE_CLOSED = { before: 'The browser does not open the stored data (', behind: ').' };

/** A conversation takes one question at a time; the view that came second gets its text back. */
export const BUSY = 'An answer is still being written in this conversation.';

/** Why a turn ended with the worker that answered it; a view may know these again and go on with the turn. */
export const WORKER_ENDED = 'The browser ended the background worker while the answer was being written.';
/** As above, in the wait between two attempts: nothing was under way, so the next attempt repeats nothing. */
export const WORKER_ENDED_BETWEEN = 'The browser ended the background worker before the next attempt.';

/** A conversation is not (any more) in the history. */
export const GONE = 'This conversation is no longer stored.';

export class StreamError extends Error {
  override readonly name: string = 'StreamError';
  readonly code: ErrorCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** What the server says about repeating (x-should-retry); it wins over our own judgement. */
  readonly shouldRetry: boolean | undefined;

  constructor(code: ErrorCode, message: string, more: ErrorDetails = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.status = more.status;
    this.retryAfterMs = more.retryAfterMs;
    this.shouldRetry = more.shouldRetry;
  }
}

/** The error as plain data. Anything that is not a StreamError is a bug of ours and becomes `unknown`. */
export function toTrouble(error: unknown): Trouble {
  if (error instanceof StreamError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.status === undefined ? {} : { status: error.status }),
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    };
  }
  return {
    code: 'unknown',
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}
