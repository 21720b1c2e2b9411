// One request and its answer: fetch, read, decode, with the four clocks running and an abort possible at every await.
import { Answer, isPayload } from './answer.ts';
import type { Dialect } from './dialect.ts';
import { StreamError } from './errors.ts';
import { type Clock, type Clocks, startClocks } from './timeouts.ts';
import { asStreamError, expectOk, type Fetch, TRANSPORT } from './transport.ts';
import type { JsonObject, StreamBatch, Timeouts } from './types.ts';

export interface AttemptInput {
  url: string;
  headers: Record<string, string>;
  body: JsonObject;
  dialect: Dialect;
  timeouts: Timeouts;
  fetch: Fetch;
  clock: Clock;
  /** The key: removed from every error before it leaves. */
  secret?: string | undefined;
  /** Ends the attempt with `aborted`, or with the signal's reason where that is a StreamError. */
  signal: AbortSignal;
  onHeaders?: () => void;
}

/**
 * Yields what each network read brought, merged; returns when the answer is complete.
 * @throws StreamError `interrupted` when the body ended without a finish reason or [DONE]; else what went wrong.
 */
export async function* runAttempt(input: AttemptInput): AsyncGenerator<StreamBatch, void, undefined> {
  const lifetime = new AbortController();
  const endBy = (error: StreamError) => lifetime.abort(error);
  const onAbort = () => endBy(abortError(input.signal));
  if (input.signal.aborted) throw abortError(input.signal);
  input.signal.addEventListener('abort', onAbort, { once: true });
  const clocks = startClocks(input.timeouts, input.clock, endBy);
  try {
    const response = await request(input, lifetime.signal);
    clocks.headers();
    input.onHeaders?.();
    yield* readAnswer(response, input, clocks, lifetime.signal);
  } catch (error) {
    // Whatever the platform threw, the reason for the end is the one that we set.
    throw lifetime.signal.aborted ? lifetime.signal.reason : asStreamError(error, input.secret);
  } finally {
    clocks.stop();
    input.signal.removeEventListener('abort', onAbort);
    lifetime.abort(new StreamError('aborted', 'The attempt is over.'));
  }
}

async function request(input: AttemptInput, signal: AbortSignal): Promise<Response> {
  const response = await input.fetch(input.url, {
    method: 'POST',
    headers: { ...input.headers, 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(input.body),
    signal,
    ...TRANSPORT,
  });
  await expectOk(response, input.dialect);
  return response;
}

async function* readAnswer(
  response: Response,
  input: AttemptInput,
  clocks: Clocks,
  signal: AbortSignal,
): AsyncGenerator<StreamBatch, void, undefined> {
  if (!response.body) throw new StreamError('bad-data', 'The server sent no body.');
  const reader = response.body.getReader();
  // A body that does not follow its signal would leave us waiting in read().
  const cancel = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  const answer = new Answer(input.dialect);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) throw signal.reason;
      const batch = done ? answer.end() : answer.feed(value);
      if (answer.finished) clocks.finish();
      else if (batch.events.some(isPayload)) clocks.payload();
      if (batch.events.length > 0 || batch.chunks > 0) yield batch;
      if (answer.failure) throw answer.failure;
      if (answer.done) return;
      if (done) throw answer.endError();
    }
  } catch (error) {
    // After a finish reason the answer is whole; how the connection ended, or that it did not, is no longer of interest.
    const lateEnd = !(error instanceof StreamError) || error.code === 'timeout-idle';
    if (answer.finished && lateEnd) return;
    if (error instanceof StreamError) throw error;
    throw new StreamError('interrupted', 'The connection broke before the answer was complete.', {
      cause: error,
    });
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

function abortError(signal: AbortSignal): StreamError {
  return signal.reason instanceof StreamError ? signal.reason : new StreamError('aborted', 'Stopped.');
}
