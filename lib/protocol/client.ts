// The viewer's end of the wire: opens a request on a channel of its own and hands its events on.
import { StreamError, type Trouble } from '../engine/errors.ts';
import type { Connect } from './channel.ts';
import type { EventOf, LastEvent, Request, RequestType, Results } from './contract.ts';

export interface OpenRequest<T extends RequestType> {
  /** Resolves with the result; rejects with a StreamError: the worker's own, or `worker-gone` when the port closed early. */
  result: Promise<Results[T]>;
  /** Asks the worker to end the job. The last event still comes. */
  abort(): void;
  /** Stops listening; a job of the worker goes on without this viewer. */
  leave(): void;
}

/** Sends `request`; `onEvent` is called for every event before the last one, in order. */
export function openRequest<T extends RequestType>(
  connect: Connect,
  request: Extract<Request, { type: T }>,
  onEvent: (event: EventOf<T>) => void = () => {},
): OpenRequest<T> {
  const { promise: result, resolve, reject } = Promise.withResolvers<Results[T]>();
  // A viewer that has left does not care how it ended; without this an unhandled rejection would be reported.
  result.catch(() => {});
  const channel = connect();
  channel.onMessage((message) => {
    const event = message as EventOf<T> | LastEvent<T>;
    if (event.type === 'done') resolve((event as { value: Results[T] }).value);
    else if (event.type === 'error') reject(fromTrouble((event as { trouble: Trouble }).trouble));
    else onEvent(event as EventOf<T>);
  });
  channel.onClose(() => reject(new StreamError('worker-gone', 'The background worker stopped.')));
  channel.post(request);
  return { result, abort: () => channel.post({ type: 'abort' }), leave: () => channel.close() };
}

/** A request with one answer and no events of interest. Rejects where there is nobody to ask, too. */
export async function ask<T extends RequestType>(
  connect: Connect,
  request: Extract<Request, { type: T }>,
): Promise<Results[T]> {
  return openRequest<T>(connect, request).result;
}

function fromTrouble(trouble: Trouble): StreamError {
  return new StreamError(trouble.code, trouble.message, {
    status: trouble.status,
    retryAfterMs: trouble.retryAfterMs,
  });
}
