// A turn of the model: what the worker runs for one answer. Repeating and continuing broken attempts belongs here, between
// the caller, who sees one stream of batches, and the attempts.
import { type AttemptInput, runAttempt } from './attempt.ts';
import type { StreamBatch } from './types.ts';

/** Yields what each network read brought until the answer is complete. @throws StreamError with the reason it is not. */
export function runTurn(input: AttemptInput): AsyncGenerator<StreamBatch, void, undefined> {
  return runAttempt(input);
}
