// A response whose body is written by the test, piece by piece.
import type { Fetch } from '../../../lib/engine/transport.ts';

export interface ScriptedServer {
  fetch: Fetch;
  /** Resolves the pending fetch with a response. */
  respond(status?: number, headers?: Record<string, string>): void;
  write(text: string): void;
  end(): void;
  break(): void;
  /** What fetch was called with. */
  calls: { url: string; init: RequestInit }[];
  /** The signal of the last call has been aborted. */
  readonly aborted: boolean;
}

export function createScriptedServer(): ScriptedServer {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  const pending = Promise.withResolvers<Response>();
  const calls: ScriptedServer['calls'] = [];
  return {
    calls,
    get aborted() {
      return calls.at(-1)?.init.signal?.aborted ?? false;
    },
    fetch(url, init) {
      calls.push({ url, init });
      init.signal?.addEventListener('abort', () => pending.reject(init.signal?.reason));
      return pending.promise;
    },
    respond: (status = 200, headers = {}) => pending.resolve(new Response(body, { status, headers })),
    write: (text) => controller.enqueue(encoder.encode(text)),
    end: () => controller.close(),
    break: () => controller.error(new TypeError('network error')),
  };
}

export function delta(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

export const FINISH = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`;
export const DONE = 'data: [DONE]\n\n';
