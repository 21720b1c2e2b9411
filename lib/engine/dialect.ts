// What the engine asks of a provider. Providers implement it; the engine knows none of them.
import type { StreamError } from './errors.ts';
import type { SseEvent } from './sse.ts';
import type { ChatRequest, JsonObject, StreamEvent } from './types.ts';

export interface Dialect {
  /** The request body of a streamed chat. */
  chatBody(request: ChatRequest): JsonObject;
  /** Headers of every request; without a key, those of a server that wants none. */
  headers(key: string | undefined): Record<string, string>;
  chatUrl(baseUrl: string): string;
  createDecoder(): Decoder;
  /** The error of a response that is not ok. `body` is text of any shape, perhaps empty, perhaps HTML. */
  responseError(status: number, headers: Headers, body: string): StreamError;
}

/** Reads the payloads of one attempt; keeps what must be remembered between chunks. */
export interface Decoder {
  /** @throws StreamError where the event says that the server failed, or is no chunk at all. */
  decode(event: SseEvent): Decoded;
  /** A whole JSON reply, though a stream was asked for. @throws StreamError as above. */
  decodeWhole(body: string): Decoded;
}

export interface Decoded {
  events: StreamEvent[];
  /** How many chunks this was: none for [DONE] and for empty events. */
  chunks: number;
  /** The server said that nothing more will come. */
  done: boolean;
}
