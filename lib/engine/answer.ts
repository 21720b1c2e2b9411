// The body of a response, read as what it is: a stream of events, or a whole reply although a stream was asked for.
import { ChunkError } from './chunk-error.ts';
import type { Decoded, Decoder, Dialect } from './dialect.ts';
import { StreamError } from './errors.ts';
import { findBodyStart, isCutOff, isEventStream } from './sniff.ts';
import { createSseReader, type SseEvent, type SseReader } from './sse.ts';
import type { StreamBatch, StreamEvent } from './types.ts';

/** An answer longer than this is stopped: no model writes 8 MiB of text, but a broken one never ends. */
const MAX_TEXT_LENGTH = 8 * 1024 * 1024;
/** Counted after decompression, so that a small body that unpacks without end is stopped too. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const HEAD_BYTES = 256;

/** The body as it is read: sniffed by its first byte, because the content type is wrong too often. */
export class Answer {
  /** Nothing more is to come. */
  done = false;
  /** A finish reason came: the answer is whole, however the connection ends. */
  finished = false;
  /**
   * Set by an error in the middle of a read: what came before it is handed out first. What follows it, in the same read or in later
   * ones, is read for usage and finish reason only.
   */
  failure: StreamError | undefined;
  sawUsage = false;
  private readonly decoder: Decoder;
  private readonly sse: SseReader = createSseReader();
  private kind: 'unknown' | 'sse' | 'whole' = 'unknown';
  private readonly wholeDecoder = new TextDecoder();
  private whole = '';
  private head: number[] = [];
  private sawEvent = false;
  private textLength = 0;
  private bytes = 0;

  constructor(dialect: Dialect) {
    this.decoder = dialect.createDecoder();
  }

  feed(bytes: Uint8Array): StreamBatch {
    this.bytes += bytes.length;
    if (this.bytes > MAX_BODY_BYTES) {
      this.failure ??= new StreamError('too-large', 'The server sent more than 64 MiB.');
      return { events: [], chunks: 0 };
    }
    const start = this.kind === 'unknown' ? this.sniff(bytes) : 0;
    if (this.kind === 'whole') {
      this.whole += this.wholeDecoder.decode(bytes.subarray(start), { stream: true });
      return { events: [], chunks: 0 };
    }
    if (!this.sawEvent && this.head.length < HEAD_BYTES) this.head.push(...bytes.subarray(0, HEAD_BYTES));
    return this.decodeAll(this.sse.feed(bytes), false);
  }

  end(): StreamBatch {
    return this.kind === 'whole' ? this.decodeWhole() : this.decodeAll(this.sse.end(), true);
  }

  /** Why a body that ended is not a complete answer. */
  endError(): StreamError {
    if (this.bytes === 0) return new StreamError('interrupted', 'The server sent an empty answer.');
    const head = new TextDecoder().decode(new Uint8Array(this.head));
    if (!this.sawEvent && !isEventStream(head)) return notAnApi(head);
    return new StreamError('interrupted', 'The connection ended before the answer did.');
  }

  /** Where the body begins in `bytes`. */
  private sniff(bytes: Uint8Array): number {
    const start = findBodyStart(bytes);
    const byte = bytes[start];
    if (byte !== undefined) this.kind = byte === 0x7b || byte === 0x5b || byte === 0x3c ? 'whole' : 'sse';
    return start;
  }

  private decodeWhole(): StreamBatch {
    const events: StreamEvent[] = [];
    const text = (this.whole + this.wholeDecoder.decode()).trim();
    let chunks = 0;
    try {
      if (text.startsWith('<')) throw notAnApi(text);
      chunks = this.add(this.decoder.decodeWhole(text), events);
      if (this.finished) this.done = true;
    } catch (error) {
      this.fail(error, events);
    }
    return { events, chunks };
  }

  private decodeAll(read: readonly SseEvent[], atEnd: boolean): StreamBatch {
    const events: StreamEvent[] = [];
    let chunks = 0;
    for (const event of read) {
      if (this.done) break;
      this.sawEvent = true;
      if (this.failure) {
        this.addLate(event, events);
        continue;
      }
      try {
        chunks += this.add(this.decoder.decode(event), events);
      } catch (error) {
        this.fail(error, events);
        // The last event of a body that was cut is half an event, not bad data.
        if (atEnd && this.failedWith('bad-data') && isCutOff(event.data)) this.failure = undefined;
      }
    }
    this.failure ??= this.sse.failure;
    // A server that names its finish reason and closes has said all that it will say.
    if (atEnd && this.finished) this.done = true;
    return { events, chunks };
  }

  private failedWith(code: string): boolean {
    return this.failure?.code === code;
  }

  /** @throws what is not a StreamError: a bug of ours */
  private fail(error: unknown, events: StreamEvent[]): void {
    if (!(error instanceof StreamError)) throw error;
    this.failure = error;
    if (!(error instanceof ChunkError)) return;
    try {
      this.add({ events: error.events, chunks: 0, done: false }, events);
    } catch (tooLarge) {
      this.fail(tooLarge, events);
    }
  }

  /** Takes the usage and the finish reason of an event after an error; nothing that is wrong with it matters any more. */
  private addLate(event: SseEvent, into: StreamEvent[]): void {
    let decoded: Decoded;
    try {
      decoded = this.decoder.decode(event);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      decoded = { events: error instanceof ChunkError ? error.events : [], chunks: 0, done: false };
    }
    this.add({ ...decoded, events: decoded.events.filter((late) => !isPayload(late)) }, into);
  }

  /** Puts events behind those of this read, joining text to text; says how many chunks it was. */
  private add(decoded: Decoded, into: StreamEvent[]): number {
    for (const event of decoded.events) {
      if (event.type === 'finish') this.finished = true;
      else if (event.type === 'usage') this.sawUsage = true;
      else this.count(event);
      const last = into.at(-1);
      if ((event.type === 'text' || event.type === 'reasoning') && last?.type === event.type)
        last.text += event.text;
      else into.push(event);
    }
    if (decoded.done) this.done = true;
    return decoded.chunks;
  }

  private count(event: StreamEvent): void {
    if ('text' in event) this.textLength += event.text.length;
    else if (event.type === 'tool-call') this.textLength += event.arguments?.length ?? 0;
    if (this.textLength > MAX_TEXT_LENGTH)
      throw new StreamError('too-large', 'The answer is longer than 8 MiB.');
  }
}

export function isPayload(event: StreamEvent): boolean {
  return event.type !== 'usage' && event.type !== 'finish';
}

function notAnApi(body: string): StreamError {
  return new StreamError('not-an-api', body.slice(0, 200));
}
