// The lines of the connection test, as the worker tells them.
import type { Trouble } from '../engine/errors.ts';

/**
 * In their order. What must be so: `address` to `stream`. What is good to know: the reply came in `pieces` and not all at once, its
 * `usage` was told, `tools` and `json` schemas are taken.
 */
export type CheckName =
  | 'address'
  | 'permission'
  | 'reachable'
  | 'key'
  | 'model'
  | 'stream'
  | 'pieces'
  | 'usage'
  | 'tools'
  | 'json';

/**
 * `missing`: the server does without it, and so do we. `skipped`: not tried, because an earlier line failed or there is nothing to try, or
 * not settled. A line that failed without a trouble is no error of the server's: `pieces`.
 */
export interface Check {
  name: CheckName;
  outcome: 'ok' | 'failed' | 'missing' | 'skipped';
  trouble?: Trouble;
  /** Models found, ms to the first token, chunks of the reply, tokens of question and answer. */
  detail?: {
    models?: number;
    ttftMs?: number;
    chunks?: number;
    tokens?: number;
  };
  /** The base URL at which the same server does answer as an API. */
  better?: string;
}
