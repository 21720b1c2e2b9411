// Writes a body to the socket as a plan wants it (split, delayed, compressed) and enters in the journal what really left.
import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { createBrotliCompress, createGzip, constants as zlib } from 'node:zlib';
import { type Journal, type JournalEntry, now } from './journal.ts';
import type { Plan } from './plan.ts';

/** One request on its way to an answer; `signal` fires when the response is closed, by whomever. */
export interface Exchange {
  response: ServerResponse;
  entry: JournalEntry;
  journal: Journal;
  plan: Plan;
  signal: AbortSignal;
}

export interface Sender {
  /** Resolves when the socket wants more; `sent` is called once the bytes were handed over. */
  send(text: string, sent?: () => void): Promise<void>;
  /** Waits, with comments where the plan has them; Infinity waits for the client to leave. */
  wait(ms: number): Promise<void>;
  /** Resolves when everything was handed to the socket, or the client has left. */
  flush(): Promise<void>;
  end(): Promise<void>;
  /** Destroys the socket after what was sent so far. */
  cut(): Promise<void>;
}

/** Resolves after `ms`, or at once when `signal` fires; never rejects. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = Number.isFinite(ms) ? setTimeout(done, Math.max(0, ms)) : undefined;
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

interface Sink {
  write(bytes: Buffer, sent: () => void): boolean;
  drained(): Promise<void>;
  end(): void;
}

function once(emitter: NodeJS.EventEmitter, name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      emitter.off(name, done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) return resolve();
    emitter.once(name, done);
    signal.addEventListener('abort', done);
  });
}

function createSink({ response, plan, signal }: Exchange): Sink {
  const guard = (sent: () => void) => (error?: Error | null) => {
    if (!error && !signal.aborted) sent();
  };
  if (plan.encoding === undefined) {
    return {
      write: (bytes, sent) => response.write(bytes, guard(sent)),
      drained: () => once(response, 'drain', signal),
      end: () => response.end(),
    };
  }
  const encoder =
    plan.encoding === 'gzip'
      ? createGzip({ flush: zlib.Z_SYNC_FLUSH })
      : createBrotliCompress({ flush: zlib.BROTLI_OPERATION_FLUSH });
  encoder.pipe(response);
  signal.addEventListener('abort', () => encoder.destroy(), { once: true });
  return {
    write: (bytes, sent) => encoder.write(bytes, guard(sent)),
    drained: () => once(encoder, 'drain', signal),
    end: () => encoder.end(),
  };
}

/** Holds everything back until the end, then hands it on as one write. */
function bufferUntilEnd(sink: Sink): Sink {
  const held: { bytes: Buffer; sent: () => void }[] = [];
  return {
    write(bytes, sent) {
      held.push({ bytes, sent });
      return true;
    },
    drained: () => Promise.resolve(),
    end() {
      sink.write(Buffer.concat(held.map(({ bytes }) => bytes)), () => {
        for (const { sent } of held) sent();
      });
      sink.end();
    },
  };
}

export function createSender(exchange: Exchange): Sender {
  const { response, entry, journal, plan, signal } = exchange;
  const sink = plan.buffered ? bufferUntilEnd(createSink(exchange)) : createSink(exchange);
  const size = plan.splitBytes ?? 0;
  let pending = 0;
  let settle: (() => void) | undefined;

  function wrote(length: number): void {
    entry.firstByteAt ??= now();
    entry.bytesSent += length;
    journal.changed(entry);
    pending -= 1;
    if (pending === 0) settle?.();
  }

  async function put(bytes: Buffer, sent?: () => void): Promise<void> {
    if (signal.aborted) return;
    pending += 1;
    const roomy = sink.write(bytes, () => {
      sent?.();
      wrote(bytes.length);
    });
    if (!roomy) await sink.drained();
  }

  async function send(text: string, sent?: () => void): Promise<void> {
    const bytes = Buffer.from(text);
    if (size <= 0) return put(bytes, sent);
    for (let from = 0; from < bytes.length && !signal.aborted; from += size) {
      const last = from + size >= bytes.length;
      await put(bytes.subarray(from, from + size), last ? sent : undefined);
      await (plan.splitDelayMs === 0 ? setImmediate() : sleep(plan.splitDelayMs ?? 1, signal));
    }
  }

  async function flush(): Promise<void> {
    if (pending === 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      settle = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  return {
    send,
    flush,
    async wait(ms) {
      const every = plan.commentsEveryMs ?? 0;
      const until = now() + ms;
      while (!signal.aborted && now() < until) {
        const left = until - now();
        await sleep(every > 0 ? Math.min(every, left) : left, signal);
        if (every > 0 && left > every) await send(': keep-alive\n\n');
      }
    },
    async end() {
      // What is held back leaves only with the end.
      if (!plan.buffered) await flush();
      finish(entry, journal, signal);
      if (!signal.aborted) sink.end();
    },
    async cut() {
      await flush();
      finish(entry, journal, signal);
      response.destroy();
    },
  };
}

/** The server's own end, so that the close that follows is not taken for the client's. */
export function finish(entry: JournalEntry, journal: Journal, signal: AbortSignal): void {
  if (signal.aborted || entry.endedAt !== null) return;
  entry.endedAt = now();
  journal.changed(entry);
}
