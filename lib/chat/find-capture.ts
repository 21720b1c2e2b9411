// What the server sent for a turn that failed, for "Save this stream".
import type { Connect } from '../protocol/channel.ts';
import { askOnce } from './questions.ts';

/** Null where the worker does not have it: another turn failed since, or the worker was started anew. */
export function findCapture(connect: Connect, turnId: string): Promise<string | null> {
  return askOnce<'capture'>(connect, { type: 'capture', turnId }).catch(() => null);
}
