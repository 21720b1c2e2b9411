// Bytes of a response body → server-sent events. The parser is eventsource-parser's; the decoding, the limits and the end are ours.
import { createParser } from 'eventsource-parser';
import { StreamError } from './errors.ts';

export interface SseEvent {
  /** The `event:` field; undefined where there is none. */
  event: string | undefined;
  data: string;
}

export interface SseReader {
  /** Events completed by these bytes, in order. Nothing more once {@link failure} is set. */
  feed(bytes: Uint8Array): SseEvent[];
  /**
   * Events left at the end of the body. The standard drops an event without its blank line; servers do end so, and what they left
   * out is an empty line, not the answer. The last one may have been cut.
   */
  end(): SseEvent[];
  /** `too-large` when one event passed the limit. What came before it was handed out. */
  readonly failure: StreamError | undefined;
}

/** The longest event accepted, in UTF-16 units. Citations of some servers fill megabytes; without a limit one endless line fills the memory. */
export const MAX_EVENT_LENGTH = 4 * 1024 * 1024;

export function createSseReader(maxEventLength = MAX_EVENT_LENGTH): SseReader {
  return new Reader(maxEventLength);
}

class Reader implements SseReader {
  failure: StreamError | undefined;
  private readonly maxEventLength: number;
  private events: SseEvent[] = [];
  // One decoder for the whole body, or characters that are split over two reads would be lost. The parser strips the BOM itself,
  // and only one.
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly parser;
  // Whole lines only go into the parser: of a line that is split over reads it drops what cannot become a known field, and
  // `error: {json}` would be lost. Kept in pieces, so that one endless line costs no more than its length.
  private partialLine: string[] = [];
  private partialLength = 0;

  constructor(maxEventLength: number) {
    this.maxEventLength = maxEventLength;
    this.parser = createParser({
      maxBufferSize: maxEventLength,
      onEvent: ({ event, data }) => this.push({ event, data }),
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') this.fail();
        // llama.cpp before September 2025 reported errors in a field of its own making: `error: {json}`.
        else if (error.field === 'error') this.push({ event: 'error', data: error.value ?? '' });
      },
    });
  }

  feed(bytes: Uint8Array): SseEvent[] {
    return this.take(this.decoder.decode(bytes, { stream: true }));
  }

  end(): SseEvent[] {
    return this.take(`${this.decoder.decode()}\n\n`);
  }

  private take(text: string): SseEvent[] {
    if (this.failure) return [];
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    if (end > 0) {
      this.parser.feed(
        this.partialLength > 0 ? this.partialLine.join('') + text.slice(0, end) : text.slice(0, end),
      );
      this.partialLine = [];
      this.partialLength = 0;
    }
    if (end < text.length) this.partialLine.push(text.slice(end));
    this.partialLength += text.length - end;
    if (this.partialLength > this.maxEventLength) this.fail();
    const taken = this.events;
    this.events = [];
    return taken;
  }

  private push(event: SseEvent): void {
    // The parser looks at its limit only where it buffers; an event that came in one read passes it.
    if (event.data.length > this.maxEventLength) this.fail();
    if (!this.failure) this.events.push(event);
  }

  private fail(): void {
    this.failure ??= new StreamError(
      'too-large',
      `One event was longer than ${this.maxEventLength} characters.`,
    );
    this.partialLine = [];
    this.partialLength = 0;
  }
}
