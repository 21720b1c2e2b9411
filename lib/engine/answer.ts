// The body of a response, read as what it is: a stream of events, or a whole reply although a stream was asked for.
import type { Decoded, Decoder, Dialect } from './dialect.ts';
import { StreamError } from './errors.ts';
import { createSseReader, type SseEvent, type SseReader } from './sse.ts';
import type { StreamBatch, StreamEvent } from './types.ts';

/** An answer longer than this is stopped: no model writes 8 MiB of text, but a broken one never ends. */
const MAX_TEXT_LENGTH = 8 * 1024 * 1024;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The body as it is read: sniffed by its first byte, because the content type is wrong too often. */
export class Answer {
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
      this.done = true;
      return this.add(this.decoder.decodeWhole(text), events);
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
          chunks += this.add(this.decoder.decode(event), events);
        } catch (error) {
          // The last event of a body that was cut is half an event, not bad data.
          if (atEnd && error instanceof StreamError && error.code === 'bad-data') break;
          throw error;
        }
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

  /** Puts events behind those of this read, joining text to text; says how many chunks it was. */
  private add(decoded: Decoded, into: StreamEvent[]): number {
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
    return decoded.chunks;
  }
}

export function isPayload(event: StreamEvent): boolean {
  return event.type !== 'usage' && event.type !== 'finish';
}

function notAnApi(html: string): StreamError {
  return new StreamError('not-an-api', html.slice(0, 200));
}
