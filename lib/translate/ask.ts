// Asks the worker for segments.
import { StreamError } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import { type OpenRequest, openRequest } from '../protocol/client.ts';
import type { Segment, SegmentEvent } from '../protocol/contract.ts';

export interface Listener {
  onEvent(event: SegmentEvent): void;
  /** Called once, when nothing more comes; with what went wrong, where something did. */
  onEnd(error?: unknown): void;
}

export type Asking = Pick<OpenRequest<'translate'>, 'abort' | 'leave'>;

/** Undefined where there is nobody to ask; `onEnd` has been called then. */
export function askFor(connect: Connect, segments: Segment[], listener: Listener): Asking | undefined {
  try {
    const asking = openRequest<'translate'>(connect, { type: 'translate', segments }, (event) =>
      listener.onEvent(event),
    );
    asking.result.then(
      () => listener.onEnd(),
      (error: unknown) => listener.onEnd(error),
    );
    return asking;
  } catch (error) {
    // An extension that was updated leaves page scripts without a way to connect.
    listener.onEnd(new StreamError('worker-gone', String(error)));
    return undefined;
  }
}
