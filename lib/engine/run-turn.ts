// A turn of the model: attempts, and between them the decision to repeat, to go on, or to give up. Was anything shown? No: repeat.
// Yes: continue. Never both, and never in the middle of a tool call.
import { type AttemptInput, runAttempt } from './attempt.ts';
import { canContinue, continuationRequest } from './continuation.ts';
import { BEGAN_ANEW, StreamError, type Trouble, toTrouble } from './errors.ts';
import { emptyMessage, fold } from './fold.ts';
import { findRetryDelay, type RetryPolicy } from './retry.ts';
import { createStitcher, type Stitcher } from './stitch.ts';
import type { Clock } from './timeouts.ts';
import type { ChatRequest, Message, StreamBatch, StreamEvent } from './types.ts';

export interface TurnInput extends Omit<AttemptInput, 'body'> {
  request: ChatRequest;
  retry: RetryPolicy;
  /** Text of an answer that broke before, to go on from; the first attempt is then a continuation. */
  partial?: string;
  /** How often a broken answer goes on by itself. */
  continuations: number;
  /** 0 ≤ random < 1; for the jitter of waits. */
  random(): number;
}

export type TurnStep =
  | ({ type: 'batch' } & StreamBatch)
  /** The next attempt begins after `waitMs`. */
  | { type: 'retrying'; waitMs: number; trouble: Trouble }
  /** The answer broke and is asked to go on. What comes next follows a seam. */
  | { type: 'continuing'; trouble: Trouble };

/**
 * Yields what each network read brought, and each wait and continuation in between, until the answer is complete.
 * @throws StreamError with the reason it is not
 */
export async function* runTurn(input: TurnInput): AsyncGenerator<TurnStep, void, undefined> {
  const message = { ...emptyMessage(), text: input.partial ?? '' };
  const count: Count = { failed: 0, continued: 0 };
  let stitcher = input.partial ? createStitcher(input.partial) : undefined;
  for (;;) {
    const before = message.text.length;
    let error: unknown;
    try {
      for await (const batch of runOneAttempt(input, message, stitcher)) {
        fold(message, batch.events);
        yield { type: 'batch', ...batch };
      }
      return;
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof StreamError)) throw error;
    const shown = message.text !== '' || message.reasoning !== '' || message.toolCalls.length > 0;
    if (shown && !canContinue(message, error)) throw error;
    const waitMs = findWait(input, error, count, shown, message.text.length > before);
    if (waitMs === undefined) throw error;
    if (waitMs > 0) {
      yield { type: 'retrying', waitMs, trouble: toTrouble(error) };
      await sleep(waitMs, input.clock, input.signal);
    }
    if (!shown) continue;
    stitcher = createStitcher(message.text);
    yield { type: 'continuing', trouble: toTrouble(error) };
  }
}

interface Count {
  /** Attempts in a row that brought nothing. */
  failed: number;
  continued: number;
}

/** Ms until the next attempt; undefined to give up. */
function findWait(
  input: TurnInput,
  error: StreamError,
  count: Count,
  shown: boolean,
  progressed: boolean,
): number | undefined {
  if (shown && (progressed || count.continued === 0)) {
    if (count.continued >= input.continuations) return undefined;
    count.continued++;
    count.failed = 0;
    // A connection that broke is made again at once; a server that asked for quiet is given it.
    if (error.code === 'interrupted' || error.code === 'timeout-idle') return 0;
  }
  count.failed++;
  return findRetryDelay(error, count.failed, input.retry, input.random());
}

/** One attempt, joined to what came before it. */
async function* runOneAttempt(
  input: TurnInput,
  message: Message,
  stitcher: Stitcher | undefined,
): AsyncGenerator<StreamBatch, void, undefined> {
  const request = stitcher ? continuationRequest(input.request, message.text) : input.request;
  const attempt = runAttempt({ ...input, body: input.dialect.chatBody(request) });
  if (!stitcher) return yield* attempt;
  const stitch = createStitch(stitcher, message.reasoning !== '');
  let failure: unknown;
  try {
    for await (const { events, chunks } of attempt) yield { events: stitch(events), chunks };
  } catch (error) {
    failure = error;
  }
  // What was held back to find the joint is part of the answer, whether the attempt ended well or broke again.
  const { text } = stitcher.end();
  if (text !== '') yield { events: [{ type: 'text', text }], chunks: 0 };
  if (failure !== undefined) throw failure;
}

/** Joins the events of a continuation to what was there. `hadReasoning`: that of the first attempt is kept apart by a blank line. */
function createStitch(stitcher: Stitcher, hadReasoning: boolean) {
  let gap = hadReasoning ? '\n\n' : '';
  return (events: readonly StreamEvent[]): StreamEvent[] => {
    const stitched: StreamEvent[] = [];
    for (const event of events) {
      if (event.type === 'text') {
        const { text, restarted } = stitcher.feed(event.text);
        if (restarted) throw new StreamError('interrupted', BEGAN_ANEW);
        if (text !== '') stitched.push({ type: 'text', text });
      } else if (event.type === 'reasoning') {
        stitched.push({ type: 'reasoning', text: gap + event.text });
        gap = '';
      } else if (event.type !== 'usage') {
        // The usage of a continuation counts its own tokens only; the estimate of the whole is nearer to the truth.
        stitched.push(event);
      }
    }
    return stitched;
  };
}

/** @throws StreamError `aborted`, at once when the signal fires. */
function sleep(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () =>
    reject(signal.reason instanceof StreamError ? signal.reason : new StreamError('aborted', 'Stopped.'));
  if (signal.aborted) onAbort();
  const cancel = clock.after(ms, resolve);
  signal.addEventListener('abort', onAbort, { once: true });
  return promise.finally(() => {
    cancel();
    signal.removeEventListener('abort', onAbort);
  });
}
