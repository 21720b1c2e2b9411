// A plan says how one request is to be answered: with which text, how fast, and what goes wrong on the way.
import type { JsonObject } from '../../lib/engine/types.ts';
import type { Mirror } from './mirror.ts';

export interface PlannedToolCall {
  id?: string;
  name: string;
  /** JSON text; an object is serialised. */
  arguments: string | JsonObject;
}

/** "Chunk" in the fault fields is a payload delta (text, reasoning, tool call); 0 means before the first. */
export interface Plan {
  // The HTTP answer
  status?: number;
  headers?: Record<string, string>;
  /** Sent instead of a reply; an object goes out as JSON. */
  body?: string | JsonObject;
  contentType?: string;
  /** A captive portal: true for the built-in page, or the page's own HTML. */
  html?: boolean | string;
  redirectTo?: string;
  /** Compresses the body, flushed after every event. */
  encoding?: 'gzip' | 'br';
  cors?: boolean;
  /** Keys that are accepted; any key when absent. */
  keys?: string[];

  // The reply
  text?: string;
  /** A partial answer that `text` begins with is answered with the rest of `text`. */
  resume?: boolean;
  reasoning?: string;
  /** What was asked comes back with the letters of each word turned around, instead of a scripted text. */
  mirror?: Mirror;
  /** That many tokens of generated markdown prose instead of a scripted text. */
  tokens?: number;
  toolCalls?: PlannedToolCall[];
  /** null leaves the finish chunk out. */
  finishReason?: string | null;
  noDone?: boolean;
  noUsage?: boolean;
  crlf?: boolean;
  /** Answers with one whole JSON object although a stream was asked for. */
  jsonDespiteStream?: boolean;
  /** The whole body, verbatim, under the headers of a stream. */
  rawSse?: string;
  /** Adds `sent_at` (epoch ms, fractional) to every chunk. */
  stamp?: boolean;

  // Time
  headerDelayMs?: number;
  firstTokenDelayMs?: number;
  /** Tokens a second; 0 is as fast as the socket takes them. */
  rate?: number;
  /** SSE comments while nothing else is sent. */
  commentsEveryMs?: number;
  /** Bytes per socket write. */
  splitBytes?: number;
  /** Between two such writes; 1 by default, 0 = the next turn of the event loop. */
  splitDelayMs?: number;
  /** A proxy that buffers: the headers at once, the body in one write when it is complete. */
  buffered?: boolean;

  // Faults
  /** A body of that many MiB of comments; with `encoding` it is small on the wire. */
  bombMiB?: number;
  closeBeforeHeaders?: boolean;
  /** Then silence until the client leaves. */
  stallAfter?: number;
  /** Then the socket is destroyed. */
  cutAfter?: number;
  /** Then a clean end of the body with neither a finish chunk nor [DONE]. */
  eofAfter?: number;
  /** Then one data line that is not JSON, and on. */
  garbageAfter?: number;
  /** Then this event, [DONE] unless `noDone`, and the end. `event` names the SSE event. */
  errorAfter?: { chunks: number; payload: JsonObject | string; event?: string };
}

type FieldKind = 'number' | 'string' | 'boolean' | 'object' | 'any';

// Typed against Plan, so that a field can neither be missing here nor be left over.
const fields: Record<keyof Plan, FieldKind> = {
  status: 'number',
  headers: 'object',
  body: 'any',
  contentType: 'string',
  html: 'any',
  redirectTo: 'string',
  encoding: 'string',
  cors: 'boolean',
  keys: 'object',
  text: 'string',
  resume: 'boolean',
  reasoning: 'string',
  mirror: 'string',
  tokens: 'number',
  toolCalls: 'object',
  finishReason: 'any',
  noDone: 'boolean',
  noUsage: 'boolean',
  crlf: 'boolean',
  jsonDespiteStream: 'boolean',
  rawSse: 'string',
  stamp: 'boolean',
  headerDelayMs: 'number',
  firstTokenDelayMs: 'number',
  rate: 'number',
  commentsEveryMs: 'number',
  splitBytes: 'number',
  splitDelayMs: 'number',
  buffered: 'boolean',
  bombMiB: 'number',
  closeBeforeHeaders: 'boolean',
  stallAfter: 'number',
  cutAfter: 'number',
  eofAfter: 'number',
  garbageAfter: 'number',
  errorAfter: 'object',
};

/** Reads a plan that came over HTTP. Throws on an unknown field or a wrong type, because a mistyped fault would pass silently. */
export function expectPlan(value: unknown): Plan {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('a plan is a JSON object');
  }
  for (const [key, field] of Object.entries(value)) {
    const kind = (fields as Record<string, FieldKind | undefined>)[key];
    if (kind === undefined) throw new TypeError(`unknown plan field "${key}"`);
    if (kind !== 'any' && typeof field !== kind) throw new TypeError(`plan field "${key}" must be a ${kind}`);
  }
  return value as Plan;
}

/** Reads one plan or a list of them. Throws like expectPlan. */
export function expectPlans(value: unknown): Plan[] {
  return Array.isArray(value) ? value.map(expectPlan) : [expectPlan(value)];
}
