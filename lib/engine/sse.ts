// Bytes of a response body → server-sent events. The parser is eventsource-parser's; the decoding, the limits and the end are ours.
import { createParser } from 'eventsource-parser';
import { StreamError } from './errors.ts';

export interface SseEvent {
  /** The `event:` field; undefined where there is none. */
  event: string | undefined;
  data: string;
}

export interface SseReader {
  /** Events completed by these bytes, in order. @throws StreamError `too-large` when one event passes the limit. */
  feed(bytes: Uint8Array): SseEvent[];
  /** Events left at the end of the body: servers do end without the last blank line. The last one may have been cut. */
  end(): SseEvent[];
}

/** The longest event accepted, in UTF-16 units. Citations of some servers fill megabytes; without a limit one endless line fills the memory. */
export const MAX_EVENT_LENGTH = 4 * 1024 * 1024;

export function createSseReader(maxEventLength = MAX_EVENT_LENGTH): SseReader {
  let events: SseEvent[] = [];
  let tooLarge = false;
  // One decoder for the whole body, or characters that are split over two reads would be lost. The parser strips the BOM itself,
  // and only one.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent: ({ event, data }) => events.push({ event, data }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') tooLarge = true;
      // llama.cpp before September 2025 reported errors in a field of its own making: `error: {json}`.
      else if (error.field === 'error') events.push({ event: 'error', data: error.value ?? '' });
    },
  });
  // Whole lines only go into the parser: of a line that is split over reads it drops what cannot become a known field, and
  // `error: {json}` would be lost. Kept in pieces, so that one endless line costs no more than its length.
  let partialLine: string[] = [];
  let partialLength = 0;
  function take(text: string): SseEvent[] {
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    if (end > 0) {
      parser.feed(partialLine.join('') + text.slice(0, end));
      partialLine = [];
      partialLength = 0;
    }
    partialLine.push(text.slice(end));
    partialLength += text.length - end;
    if (tooLarge || partialLength > maxEventLength)
      throw new StreamError('too-large', `One event was longer than ${maxEventLength} characters.`);
    const taken = events;
    events = [];
    return taken;
  }
  return {
    feed: (bytes) => take(decoder.decode(bytes, { stream: true })),
    end: () => take(`${decoder.decode()}\n\n`),
  };
}
