// Feeds a response body to the engine as a server would have sent it.
import { StreamError, toTrouble } from '../../lib/engine/errors.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { once } from '../../lib/engine/retry.ts';
import { runTurn } from '../../lib/engine/run-turn.ts';
import { realClock } from '../../lib/engine/timeouts.ts';
import type { JsonObject, ToolCall } from '../../lib/engine/types.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';

export interface Replayed {
  text: string;
  reasoning: string | null;
  toolCalls: ToolCall[];
  finishReason: string | null;
  usage: JsonObject | null;
  /** What the server said went wrong; null where the body only ended too early. */
  error: { code: string; message: string } | null;
  /** The body ended without a finish reason and without [DONE]. */
  interrupted: boolean;
  refusal: string | null;
}

export interface ReplayOptions {
  status?: number;
  contentType?: string;
  /** Bytes a read, or the lengths of all reads; 0 for the whole body in one. */
  split?: number | number[];
}

export async function replay(bytes: Uint8Array, options: ReplayOptions = {}): Promise<Replayed> {
  const message = emptyMessage();
  let error: StreamError | undefined;
  try {
    const turn = runTurn({
      url: 'https://replay.invalid/v1/chat/completions',
      headers: {},
      ...once,
      request: { model: 'replay', messages: [] },
      dialect: openAiDialect,
      timeouts: { connect: 0, firstToken: 0, idle: 0, total: 0 },
      fetch: async () => toResponse(bytes, options),
      clock: realClock,
      signal: new AbortController().signal,
    });
    for await (const step of turn) if (step.type === 'batch') fold(message, step.events);
  } catch (thrown) {
    if (!(thrown instanceof StreamError)) throw thrown;
    error = thrown;
  }
  const interrupted = error?.code === 'interrupted';
  return {
    text: message.text,
    reasoning: message.reasoning || null,
    toolCalls: message.toolCalls,
    finishReason: message.finishReason,
    usage: message.usage?.raw ?? null,
    error: error && !interrupted ? { code: error.code, message: toTrouble(error).message } : null,
    interrupted,
    refusal: message.refusal || null,
  };
}

function toResponse(
  bytes: Uint8Array,
  { status = 200, contentType = 'text/event-stream', split = 0 }: ReplayOptions,
) {
  let offset = 0;
  let read = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      const length = Array.isArray(split) ? (split[read++] ?? bytes.length) : split || bytes.length;
      controller.enqueue(bytes.subarray(offset, offset + length));
      offset += length;
    },
  });
  return new Response(body, { status, headers: { 'content-type': contentType } });
}
