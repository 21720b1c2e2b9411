// Payloads of an OpenAI-compatible server → stream events: chunks of a stream, or a whole reply.
import { ChunkError } from '../../engine/chunk-error.ts';
import type { Decoded, Decoder } from '../../engine/dialect.ts';
import { StreamError } from '../../engine/errors.ts';
import { isCutJson } from '../../engine/sniff.ts';
import type { SseEvent } from '../../engine/sse.ts';
import type { JsonObject, JsonValue, StreamEvent } from '../../engine/types.ts';
import { createDeltaReader } from './delta.ts';
import { chunkError, payloadError, textError } from './errors.ts';
import { findArray, findJson, findObject, findText, readJsonLines } from './json.ts';
import { createUsageReader } from './usage.ts';

const NOTHING: Decoded = { events: [], chunks: 0, done: false };
/** What proxies send as data, so that a connection is not thought dead. */
const HEARTBEAT = /^(?::.*|ping|pong|keep-?alive|heartbeat)$/i;

export function createOpenAiDecoder(): Decoder {
  return new OpenAiDecoder();
}

class OpenAiDecoder implements Decoder {
  private readonly readDelta = createDeltaReader();
  private readonly readUsage = createUsageReader();
  private sawDelta = false;

  decode(event: SseEvent): Decoded {
    const data = event.data.trim();
    if (data === '') return NOTHING;
    if (data === '[DONE]') return { events: [], chunks: 0, done: true };
    if (event.event === 'error') throw textError(data) ?? badData('chunk', data);
    const value = findJson(data);
    if (value !== undefined) return this.readAll([value]);
    if (HEARTBEAT.test(data)) return NOTHING;
    return this.decodeLines(data);
  }

  decodeWhole(body: string): Decoded {
    const text = body.replace(/(?:data:\s*)?\[DONE\]\s*$/, '').trim();
    const value = findJson(text);
    if (value === undefined) return this.decodeWholeLines(text, text.length < body.length);
    // Gemini wraps its errors into an array.
    const reply = findObject(findArray(value)?.[0] ?? value);
    if (!reply) throw badData('reply', text);
    const decoded = this.readAll([reply]);
    if (reply['choices'] === undefined) throw payloadError(reply);
    return { ...decoded, done: true };
  }

  /** Several chunks where a server put one newline between events: the lines are JSON each but not together. */
  private decodeLines(data: string): Decoded {
    const { values, bad, last } = readJsonLines(data);
    if (bad === undefined) return { ...this.readAll(values), done: data.endsWith('[DONE]') };
    // A body that was cut leaves half a line at the end; what stands before it did arrive.
    if (!last || values.length === 0) throw badData('chunk', data);
    throw new ChunkError(badData('chunk', bad), this.readAll(values).events);
  }

  /** A reply of JSON lines without any SSE framing. */
  private decodeWholeLines(text: string, done: boolean): Decoded {
    const { values, bad, last } = readJsonLines(text);
    if (bad === undefined && values.length > 0) return { ...this.readAll(values), done };
    const error = isCutJson(bad ?? text)
      ? new StreamError('interrupted', 'The connection ended before the answer did.')
      : badData('reply', text);
    throw last && values.length > 0 ? new ChunkError(error, this.readAll(values).events) : error;
  }

  private readAll(chunks: JsonValue[]): Decoded {
    const events: StreamEvent[] = [];
    for (const chunk of chunks) {
      const error = this.readChunk(chunk, events);
      if (error) throw events.length > 0 ? new ChunkError(error, events) : error;
    }
    return { events, chunks: chunks.length, done: false };
  }

  /** Adds what a chunk brings; the error that it brings too, if it does. */
  private readChunk(value: JsonValue, events: StreamEvent[]): StreamError | undefined {
    const chunk = findObject(value);
    if (!chunk) return new StreamError('bad-data', 'The server sent something that is not a chunk.');
    const choice = findFirstChoice(chunk['choices']);
    if (choice) this.readChoice(choice, events);
    const usage = this.readUsage(chunk, choice);
    if (usage) events.push({ type: 'usage', usage });
    return chunkError(chunk, choice);
  }

  private readChoice(choice: JsonObject, events: StreamEvent[]): void {
    const delta = findObject(choice['delta']);
    if (delta) this.sawDelta = true;
    // Perplexity repeats the whole message beside each delta; it counts only where there are no deltas.
    const part = delta ?? (this.sawDelta ? undefined : findObject(choice['message']));
    if (part) this.readDelta(part, events);
    const reason = findText(choice['finish_reason']) ?? findText(choice['finishReason']);
    if (reason !== undefined) events.push({ type: 'finish', reason });
  }
}

/** The choice with index 0, or without an index; several choices must not be mixed into one text. */
function findFirstChoice(choices: JsonValue | undefined): JsonObject | undefined {
  for (const candidate of findArray(choices) ?? []) {
    const choice = findObject(candidate);
    if (choice && (choice['index'] ?? 0) === 0) return choice;
  }
  return undefined;
}

function badData(what: string, text: string): StreamError {
  return new StreamError('bad-data', `The server sent a ${what} that is not JSON: ${text.slice(0, 200)}`);
}
