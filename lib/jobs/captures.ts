// The stream of the last turn that failed, for "Save this stream". In memory only: what a user does not save is gone with the worker.
import type { Capture } from '../engine/capture.ts';
import type { Trouble } from '../engine/errors.ts';

export interface Captures {
  /** A turn has ended. Stopping is no failure; a turn that went well takes its earlier failure with it. */
  ended(turnId: string, trouble: Trouble | null, capture: Capture, secret: string | undefined): void;
  /** What the server sent, without the key; null where it is not known (any more). */
  find(turnId: string): string | null;
}

export function createCaptures(): Captures {
  let last: { turnId: string; read(): string | undefined } | undefined;
  return {
    ended(turnId, trouble, capture, secret) {
      if (trouble && trouble.code !== 'aborted') last = { turnId, read: () => capture.text(secret) };
      else if (last?.turnId === turnId) last = undefined;
    },
    find: (turnId) => (last?.turnId === turnId ? (last.read() ?? null) : null),
  };
}
