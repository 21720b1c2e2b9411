// A body that ends early, through the part of the engine that reads bodies: no promises, so that a test can cut at every byte.
import { Answer } from '../../lib/engine/answer.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import type { Message } from '../../lib/engine/types.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';

export interface Cut {
  message: Message;
  /** The code of what went wrong; undefined where the answer is complete. */
  code: string | undefined;
}

/** What comes out of a body that ends after `length` bytes. The body may go on coming in reads of `split` bytes; 0 for one. */
export function readCut(bytes: Uint8Array, length = bytes.length, split = 0): Cut {
  const answer = new Answer(openAiDialect);
  const message = emptyMessage();
  const step = split || Math.max(length, 1);
  for (let at = 0; at < length && !answer.done && !answer.failure; at += step) {
    fold(message, answer.feed(bytes.subarray(at, Math.min(at + step, length))).events);
  }
  if (!answer.done && !answer.failure) fold(message, answer.end().events);
  const error = answer.failure ?? (answer.done ? undefined : answer.endError());
  return { message, code: error?.code };
}
