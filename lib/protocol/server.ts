// The worker's end of the wire: one port, one request, checked before anything is done for it.
import { StreamError, toTrouble } from '../engine/errors.ts';
import { mayAsk } from './authority.ts';
import type { Channel } from './channel.ts';
import type { EventOf, Request, RequestType, Results } from './contract.ts';
import { findRequest, isAbort } from './requests.ts';
import { classifySender, type Sender } from './senders.ts';

/** What a handler gets beside its request. */
export interface Call<T extends RequestType> {
  sender: Sender;
  post(event: EventOf<T>): void;
  /** Aborted by the viewer's `abort`. */
  stopped: AbortSignal;
  /** Aborted when the viewer is gone. */
  left: AbortSignal;
}

export type Handlers = {
  [T in RequestType]: (request: Extract<Request, { type: T }>, call: Call<T>) => Promise<Results[T]>;
};

/** Serves one channel. Must be called in the event that brought it, before any await, or its first message is lost. */
export function serve(
  channel: Channel,
  sender: Sender,
  self: { id: string; origin: string },
  handlers: Handlers,
): void {
  const stop = new AbortController();
  const leave = new AbortController();
  const senderClass = classifySender(sender, self);
  let asked = false;
  channel.onClose(() => leave.abort());
  channel.onMessage((message) => {
    if (asked) {
      if (isAbort(message)) stop.abort(new StreamError('aborted', 'Stopped.'));
      return;
    }
    asked = true;
    const request = findRequest(message);
    if (!request || !mayAsk(senderClass, request.type)) {
      channel.post({
        type: 'error',
        trouble: { code: 'permission', message: 'This request is not allowed.' },
      });
      channel.close();
      return;
    }
    const call: Call<RequestType> = {
      sender,
      post: (event) => channel.post(event),
      stopped: stop.signal,
      left: leave.signal,
    };
    // The table is typed by request; TypeScript cannot follow that the handler and the request are of one type.
    const handle = handlers[request.type] as (request: Request, call: Call<RequestType>) => Promise<unknown>;
    handle(request, call)
      .then(
        (value) => channel.post({ type: 'done', value }),
        (error: unknown) => channel.post({ type: 'error', trouble: toTrouble(error) }),
      )
      .finally(() => {
        if (!leave.signal.aborted) channel.close();
      });
  });
}
