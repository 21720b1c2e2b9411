// One request and its answer: fetch, read, decode, with the four clocks running and an abort possible at every await.
import type { Decoded, Decoder, Dialect } from './dialect.ts';
import { StreamError } from './errors.ts';
import { redact } from './redact.ts';
import { createSseReader, type SseEvent, type SseReader } from './sse.ts';
import { type Clock, type Clocks, startClocks } from './timeouts.ts';
import type { JsonObject, StreamBatch, StreamEvent, Timeouts } from './types.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

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

/** An answer longer than this is stopped: no model writes 8 MiB of text, but a broken one never ends. */
const MAX_TEXT_LENGTH = 8 * 1024 * 1024;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;

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

/** How every request with a key is sent. A followed 307 would hand the whole prompt to another server, so none is followed. */
export const TRANSPORT = {
  redirect: 'manual',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
} as const satisfies RequestInit;

/** @throws StreamError for a redirect or any status that is not 2xx. */
export async function expectOk(response: Response, dialect: Dialect): Promise<void> {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    const target = response.headers.get('location');
    throw new StreamError(
      'redirect',
      target ? `The server redirects to ${target}` : 'The server redirects elsewhere.',
      {
        status: response.status || undefined,
      },
    );
  }
  if (response.ok) return;
  const text = await readText(response, MAX_ERROR_BYTES);
  throw dialect.responseError(response.status, response.headers, text);
}

/** At most `limit` bytes of a body as text; what comes after is not read. */
export async function readText(response: Response, limit: number): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
    if (bytes >= limit) {
      await reader.cancel();
      return text;
    }
  }
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

/** The body as it is read: sniffed by its first byte, because the content type is wrong too often. */
class Answer {
  done = false;
  finished = false;
  /** Set by an error in the middle of a read: what came before it is handed out first. */
  failure: StreamError | undefined;
  private readonly decoder: Decoder;
  private readonly sse: SseReader = createSseReader();
  private kind: 'unknown' | 'sse' | 'whole' = 'unknown';
  private readonly wholeDecoder = new TextDecoder();
  private whole = '';
  private textLength = 0;
  private bytes = 0;

  constructor(dialect: Dialect) {
    this.decoder = dialect.createDecoder();
  }

  feed(bytes: Uint8Array): StreamBatch {
    this.bytes += bytes.length;
    if (this.bytes > MAX_BODY_BYTES)
      this.failure = new StreamError('too-large', 'The server sent more than 64 MiB.');
    if (this.kind === 'unknown') this.sniff(bytes);
    if (this.kind === 'whole') {
      this.whole += this.wholeDecoder.decode(bytes, { stream: true });
      return { events: [], chunks: 0 };
    }
    return this.decodeAll(() => this.sse.feed(bytes));
  }

  end(): StreamBatch {
    if (this.kind !== 'whole') return this.decodeAll(() => this.sse.end(), true);
    return this.collect((events) => {
      const text = (this.whole + this.wholeDecoder.decode()).trim();
      if (text.startsWith('<')) throw notAnApi(text);
      this.add(this.decoder.decodeWhole(text), events);
      this.done = true;
      return 1;
    });
  }

  /** Why a body that ended is not a complete answer. */
  endError(): StreamError {
    if (this.bytes === 0) return new StreamError('interrupted', 'The server sent an empty answer.');
    return new StreamError('interrupted', 'The connection ended before the answer did.');
  }

  private sniff(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) continue;
      this.kind = byte === 0x7b || byte === 0x5b || byte === 0x3c ? 'whole' : 'sse';
      return;
    }
  }

  private decodeAll(read: () => SseEvent[], atEnd = false): StreamBatch {
    return this.collect((events) => {
      let chunks = 0;
      for (const event of read()) {
        if (this.done) break;
        try {
          this.add(this.decoder.decode(event), events);
        } catch (error) {
          // The last event of a body that was cut is half an event, not bad data.
          if (atEnd && error instanceof StreamError && error.code === 'bad-data') break;
          throw error;
        }
        chunks++;
      }
      // A server that names its finish reason and closes has said all that it will say.
      if (atEnd && this.finished) this.done = true;
      return chunks;
    });
  }

  private collect(fill: (events: StreamEvent[]) => number): StreamBatch {
    const events: StreamEvent[] = [];
    let chunks = 0;
    try {
      chunks = fill(events);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.failure = error;
    }
    return { events, chunks };
  }

  private add(decoded: Decoded, into: StreamEvent[]): void {
    for (const event of decoded.events) {
      if (event.type === 'finish') this.finished = true;
      if (event.type === 'text' || event.type === 'reasoning') {
        this.textLength += event.text.length;
        if (this.textLength > MAX_TEXT_LENGTH)
          throw new StreamError('too-large', 'The answer is longer than 8 MiB.');
        const last = into.at(-1);
        if (last?.type === event.type) {
          last.text += event.text;
          continue;
        }
      }
      into.push(event);
    }
    if (decoded.done) this.done = true;
  }
}

function isPayload(event: StreamEvent): boolean {
  return event.type !== 'usage' && event.type !== 'finish';
}

function notAnApi(html: string): StreamError {
  return new StreamError('not-an-api', html.slice(0, 200));
}

function abortError(signal: AbortSignal): StreamError {
  return signal.reason instanceof StreamError ? signal.reason : new StreamError('aborted', 'Stopped.');
}

/** What the transport threw, as an error that may leave it. Anything else is a bug of ours and stays what it is. */
export function asStreamError(error: unknown, secret: string | undefined): unknown {
  if (error instanceof StreamError) {
    const { code, status, retryAfterMs, cause } = error;
    return new StreamError(code, redact(error.message, secret), { status, retryAfterMs, cause });
  }
  // fetch says "Failed to fetch" for DNS, TLS, refused ports, CORS and cut connections alike.
  if (error instanceof TypeError || error instanceof DOMException)
    return new StreamError('network', redact(error.message, secret), { cause: error });
  return error;
}
