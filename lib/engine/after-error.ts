// What a body still brings after it reported an error. Some servers send the usage of the failed answer then, and it was paid for.
import type { Answer } from './answer.ts';
import type { Clock } from './timeouts.ts';
import type { StreamBatch } from './types.ts';

/** How long to wait for it, ms. Most servers send it in the same packet; a server that leaves the body open must not delay its own error. */
const LINGER = 250;
/** Errors that we found and the server did not report: what follows them is no better. */
const OURS: ReadonlySet<string> = new Set(['too-large', 'bad-data', 'interrupted', 'not-an-api']);

/**
 * Yields what comes after an error that the server reported until the body ends, says [DONE], brought usage, or `LINGER` is over. Never throws: the error
 * that is already known is the one that counts.
 */
export async function* readAfterError(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  answer: Answer,
  { clock, capture }: { clock: Clock; capture?: { add(bytes: Uint8Array): void } | undefined },
): AsyncGenerator<StreamBatch, void, undefined> {
  if (!answer.failure || OURS.has(answer.failure.code)) return;
  const cancel = () => void reader.cancel().catch(() => {});
  const stop = clock.after(LINGER, cancel);
  try {
    while (!answer.done && !answer.sawUsage) {
      const { done, value } = await reader.read();
      if (value) capture?.add(value);
      const batch = done ? answer.end() : answer.feed(value);
      if (batch.events.length > 0) yield batch;
      if (done) return;
    }
  } catch {
    // The connection broke after the error was known.
  } finally {
    stop();
  }
}
