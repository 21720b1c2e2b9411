// Payloads of an OpenAI-compatible server → stream events: chunks of a stream, or a whole reply.
import type { Decoded, Decoder } from '../../engine/dialect.ts';
import { StreamError } from '../../engine/errors.ts';
import type { SseEvent } from '../../engine/sse.ts';
import type { JsonObject, JsonValue, StreamEvent, Usage } from '../../engine/types.ts';
import { createReasoningReader, readContent } from './delta.ts';
import { payloadError } from './errors.ts';
import { findArray, findJson, findNumber, findObject, findText } from './json.ts';
import { createToolCallReader } from './tool-calls.ts';

const NOTHING: Decoded = { events: [], chunks: 0, done: false };

export function createOpenAiDecoder(): Decoder {
  return new OpenAiDecoder();
}

class OpenAiDecoder implements Decoder {
  private readonly readReasoning = createReasoningReader();
  private readonly readToolCall = createToolCallReader();
  private sawUsage = false;

  decode(event: SseEvent): Decoded {
    const data = event.data.trim();
    if (data === '') return NOTHING;
    if (data === '[DONE]') return { events: [], chunks: 0, done: true };
    const events: StreamEvent[] = [];
    const chunks = expectChunks(data);
    for (const chunk of chunks) {
      if (event.event === 'error') throw payloadError(findObject(chunk)?.['error'] ?? chunk);
      this.readChunk(chunk, events);
    }
    return { events, chunks: chunks.length, done: false };
  }

  decodeWhole(body: string): Decoded {
    const value = findJson(body.replace(/data:\s*\[DONE\]\s*$/, ''));
    const reply = findObject(value);
    if (!reply) throw new StreamError('bad-data', `The server sent no valid JSON: ${body.slice(0, 200)}`);
    const error = reply['error'] ?? (reply['choices'] === undefined ? reply : undefined);
    if (error !== undefined && error !== null) throw payloadError(typeof error === 'string' ? reply : error);
    const events: StreamEvent[] = [];
    this.readChunk(reply, events);
    return { events, chunks: 1, done: true };
  }

  private readChunk(value: JsonValue, events: StreamEvent[]): void {
    const chunk = findObject(value);
    if (!chunk) throw new StreamError('bad-data', 'The server sent something that is not a chunk.');
    // The first choice only; several choices must not be mixed into one text.
    const choice = (findArray(chunk['choices']) ?? [])
      .map(findObject)
      .find((candidate) => (candidate?.['index'] ?? 0) === 0);
    if (choice) this.readChoice(choice, events);
    this.readUsage(chunk, events);
    const error = chunk['error'] ?? choice?.['error'];
    if (error !== undefined && error !== null) throw payloadError(error);
  }

  private readChoice(choice: JsonObject, events: StreamEvent[]): void {
    // Perplexity repeats the whole message beside each delta; it counts only where there is no delta.
    const delta = findObject(choice['delta']) ?? findObject(choice['message']);
    if (delta) this.readDelta(delta, events);
    const reason = findText(choice['finish_reason']) ?? findText(choice['finishReason']);
    if (reason !== undefined) events.push({ type: 'finish', reason });
  }

  private readDelta(delta: JsonObject, events: StreamEvent[]): void {
    const reasoning = this.readReasoning(delta);
    if (reasoning !== undefined) events.push({ type: 'reasoning', text: reasoning });
    readContent(delta['content'], events);
    const refusal = findText(delta['refusal']);
    if (refusal !== undefined) events.push({ type: 'refusal', text: refusal });
    for (const fragment of findArray(delta['tool_calls']) ?? []) {
      const call = this.readToolCall(fragment);
      if (call) events.push(call);
    }
  }

  /** The last usage wins: Perplexity repeats a growing one on every chunk. Groq hides it in x_groq. */
  private readUsage(chunk: JsonObject, events: StreamEvent[]): void {
    const own = findObject(chunk['usage']);
    const usage = own ?? (this.sawUsage ? undefined : findObject(findObject(chunk['x_groq'])?.['usage']));
    if (own) this.sawUsage = true;
    if (usage) events.push({ type: 'usage', usage: toUsage(usage) });
  }
}

/** One chunk, or several where a server put one newline between events and the lines are JSON each but not together. */
function expectChunks(data: string): JsonValue[] {
  const value = findJson(data);
  if (value !== undefined) return [value];
  const lines = data.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '[DONE]');
  const values = lines.map(findJson);
  if (lines.length > 0 && values.every((line) => line !== undefined)) return values as JsonValue[];
  throw new StreamError('bad-data', `The server sent a chunk that is not JSON: ${data.slice(0, 200)}`);
}

function toUsage(raw: JsonObject): Usage {
  return {
    promptTokens: findNumber(raw['prompt_tokens']) ?? null,
    completionTokens: findNumber(raw['completion_tokens']) ?? null,
    totalTokens: findNumber(raw['total_tokens']) ?? null,
    raw,
  };
}
