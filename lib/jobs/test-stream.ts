// The part of the connection test that has a model answer: does it stream, in pieces, and is the usage told?
import { type Trouble, toTrouble } from '../engine/errors.ts';
import { once } from '../engine/retry.ts';
import { runTurn, type TurnStep } from '../engine/run-turn.ts';
import type { ChatRequest, Timeouts, Usage } from '../engine/types.ts';
import type { Check } from '../protocol/check.ts';
import type { TestInput } from './test-connection.ts';

const TIMEOUTS: Timeouts = { connect: 30_000, firstToken: 60_000, idle: 30_000, total: 120_000 };
/** Enough pieces to tell a stream from a reply in one, and few enough to cost next to nothing. */
const QUESTION = 'Count from 1 to 20. Write only the numbers, separated by spaces.';
/** A slow model need not come to its end, ms from the first token. */
const ENOUGH_MS = 8000;

export interface Reply {
  ttftMs: number;
  /** Ms from the first to the last piece. */
  spreadMs: number;
  /** Network reads that brought something of the reply. */
  reads: number;
  chunks: number;
  usage: Usage | null;
  /** It came to its end; else what ended it, or undefined where it was long enough. */
  isWhole: boolean;
  trouble?: Trouble;
}

/** Asks for one short reply. `onFirst` is called with the ms to its first token. Resolves with a trouble where nothing came. */
export async function tryStream(
  input: TestInput,
  onFirst: (ttftMs: number) => void,
): Promise<Reply | Trouble> {
  const { clock, model } = input;
  const begin = clock.now();
  const enough = new AbortController();
  let reply: Reply | undefined;
  try {
    for await (const step of ask(
      input,
      { model, messages: [{ role: 'user', content: QUESTION }] },
      enough.signal,
    )) {
      if (step.type !== 'batch') continue;
      const now = clock.now() - begin;
      const isPayload = step.events.some(({ type }) => type !== 'usage' && type !== 'finish');
      const usage = step.events.find((event) => event.type === 'usage')?.usage;
      if (isPayload && !reply) {
        reply = { ttftMs: now, spreadMs: 0, reads: 0, chunks: 0, usage: null, isWhole: false };
        onFirst(now);
      }
      if (!reply) continue;
      reply.usage = usage ?? reply.usage;
      if (isPayload) {
        reply.reads++;
        reply.chunks += step.chunks;
        reply.spreadMs = now - reply.ttftMs;
      }
      if (reply.spreadMs > ENOUGH_MS) return reply;
    }
    return reply
      ? { ...reply, isWhole: true }
      : { code: 'bad-data', message: 'The model answered with nothing.' };
  } catch (error) {
    return reply ? { ...reply, trouble: toTrouble(error) } : toTrouble(error);
  } finally {
    enough.abort();
  }
}

/** One request of the test, without repeats. */
export function ask(
  input: TestInput,
  request: ChatRequest,
  enough?: AbortSignal,
): AsyncGenerator<TurnStep, void, undefined> {
  const { baseUrl, key, dialect, fetch, clock, signal } = input;
  return runTurn({
    url: dialect.chatUrl(baseUrl),
    headers: dialect.headers(key),
    secret: key,
    ...once,
    request,
    dialect,
    timeouts: TIMEOUTS,
    fetch,
    clock,
    signal: enough ? AbortSignal.any([signal, enough]) : signal,
  });
}

/** A wait so long before so much at once is somebody's who collects. */
const LONG_WAIT_MS = 400;
const MANY_CHUNKS = 8;
const AT_ONCE_MS = 60;

/** Whether the reply came bit by bit. Where the server was too quick to tell, it did. */
export function piecesCheck({ trouble, chunks, reads, ttftMs, spreadMs }: Reply): Check {
  if (trouble) return { name: 'pieces', outcome: 'failed', trouble };
  if (chunks <= 1) return { name: 'pieces', outcome: 'missing', detail: { chunks } };
  const isCollected = reads <= 2 && chunks >= MANY_CHUNKS && ttftMs >= LONG_WAIT_MS && spreadMs < AT_ONCE_MS;
  return { name: 'pieces', outcome: isCollected ? 'failed' : 'ok', detail: { chunks } };
}

export function usageCheck({ usage, isWhole }: Reply): Check {
  const tokens =
    usage?.totalTokens ?? (usage ? (usage.promptTokens ?? 0) + (usage.completionTokens ?? 0) : 0);
  if (tokens > 0) return { name: 'usage', outcome: 'ok', detail: { tokens } };
  return { name: 'usage', outcome: isWhole ? 'missing' : 'skipped' };
}
