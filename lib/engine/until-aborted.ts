// Ends a wait when its signal does, also where what is waited for does not listen.
import { StreamError } from './errors.ts';

/** @throws StreamError the reason of the signal, or `aborted` */
export function expectRunning(signal: AbortSignal): void {
  if (signal.aborted) throw abortReason(signal);
}

/** What `work` comes to; rejects at once with the signal's reason when it fires. What comes of `work` after that is dropped. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(abortReason(signal));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  work.then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', onAbort));
}

function abortReason(signal: AbortSignal): StreamError {
  return signal.reason instanceof StreamError ? signal.reason : new StreamError('aborted', 'Stopped.');
}
