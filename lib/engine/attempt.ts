// One request and its answer: fetch, read, decode, with the four clocks running and an abort possible at every await.
import { readAfterError } from './after-error.ts';
import { Answer, isPayload } from './answer.ts';
import type { Capture } from './capture.ts';
import type { Dialect } from './dialect.ts';
import { StreamError } from './errors.ts';
import { findRefused, nameRefused, type RefusalMemo, withoutRefused } from './refused.ts';
import { type Clock, type Clocks, startClocks } from './timeouts.ts';
import { asStreamError, type Fetch, findFailure, TRANSPORT } from './transport.ts';
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
  /** What this server refused before; what it refuses now is added. */
  refusals?: RefusalMemo | undefined;
  /** Keeps the bytes of the response as they come. */
  capture?: Capture | undefined;
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

/**
 * The response, once it is one that can be read. A request that is refused for a field it can do without is sent again without that
 * field, once for each: it was never begun, so this is no retry.
 */
async function request(input: AttemptInput, signal: AbortSignal): Promise<Response> {
  const { url, dialect, refusals, capture } = input;
  const model = String(input.body['model'] ?? '');
  const refused = new Set(refusals?.find(url, model));
  const known = refused.size;
  const sent = new Set<string>();
  for (;;) {
    const body = withoutRefused(input.body, refused);
    sent.add(Object.keys(body).sort().join());
    const response = await send(input, body, signal);
    capture?.begin(response.status, response.headers.get('content-type'));
    const failure = await findFailure(response, dialect, (bytes) => capture?.add(bytes));
    if (!failure) {
      // Only what helped is remembered: words about a field do not always mean that it was refused.
      for (const field of [...refused].slice(known)) refusals?.add(url, model, field);
      return response;
    }
    if (signal.aborted) throw signal.reason;
    const fields = findRefused(response.status, failure.body, body);
    for (const field of fields) refused.add(field);
    const next = withoutRefused(input.body, refused);
    if (sent.has(Object.keys(next).sort().join())) throw nameRefused(failure.error, fields);
  }
}

function send(input: AttemptInput, body: JsonObject, signal: AbortSignal): Promise<Response> {
  return input.fetch(input.url, {
    method: 'POST',
    headers: { ...input.headers, 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(body),
    signal,
    ...TRANSPORT,
  });
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
      if (value) input.capture?.add(value);
      const batch = done ? answer.end() : answer.feed(value);
      if (answer.finished) clocks.finish();
      else if (batch.events.some(isPayload)) clocks.payload();
      if (batch.events.length > 0 || batch.chunks > 0) yield batch;
      if (answer.failure) {
        if (!done) yield* readAfterError(reader, answer, input);
        throw answer.failure;
      }
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
