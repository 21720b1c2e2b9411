// Asks the worker for segments.
import { StreamError } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import { type OpenRequest, openRequest } from '../protocol/client.ts';
import type { Request, SegmentEvent } from '../protocol/contract.ts';
import type { PageTrouble, TranslationEnd } from '../protocol/page.ts';
import { say } from '../words/say.ts';

export interface Listener {
  onEvent(event: SegmentEvent): void;
  /** Called once, when nothing more comes. */
  onEnd(end: TranslationEnd): void;
}

export type Asking = Pick<OpenRequest<'translate'>, 'abort' | 'leave'>;

type TranslateRequest = Extract<Request, { type: 'translate' }>;

/** Undefined where there is nobody to ask; `onEnd` has been called then. */
export function askFor(
  connect: Connect,
  request: Omit<TranslateRequest, 'type'>,
  listener: Listener,
): Asking | undefined {
  try {
    const asking = openRequest<'translate'>(connect, { type: 'translate', ...request }, ({ events }) => {
      for (const event of events) listener.onEvent(event);
    });
    asking.result.then(
      (end) => listener.onEnd(end),
      (error: unknown) => listener.onEnd({ trouble: troubleOf(error) }),
    );
    return asking;
  } catch {
    // An extension that was updated leaves page scripts without a way to connect.
    listener.onEnd({ trouble: ownTrouble('worker-gone') });
    return undefined;
  }
}

/** What ends a run without a word of the worker. */
export function ownTrouble(code: 'worker-gone' | 'interrupted' | 'aborted'): PageTrouble {
  return { code, message: '', title: say('workerEnded') };
}

function troubleOf(error: unknown): PageTrouble {
  if (error instanceof StreamError && error.code !== 'worker-gone')
    return { code: error.code, message: error.message, title: error.message };
  return ownTrouble('worker-gone');
}
