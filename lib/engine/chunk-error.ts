// A chunk can bring the last of an answer and, beside it, the error that ends it: OpenRouter puts both into one.
import { StreamError } from './errors.ts';
import type { StreamEvent } from './types.ts';

/** A StreamError of a chunk that also brought something; both count. */
export class ChunkError extends StreamError {
  readonly events: StreamEvent[];

  constructor({ code, message, status, retryAfterMs, shouldRetry }: StreamError, events: StreamEvent[]) {
    super(code, message, { status, retryAfterMs, shouldRetry });
    this.events = events;
  }
}
