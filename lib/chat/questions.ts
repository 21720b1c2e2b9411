// Requests with one answer, asked so that whatever goes wrong is a rejection.
import { StreamError } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { Request, RequestType, Results } from '../protocol/contract.ts';

type RequestOf<T extends RequestType> = Extract<Request, { type: T }>;

/** Asks once. A connection that cannot even be opened (the extension was updated) rejects with `worker-gone`. */
export async function askOnce<T extends RequestType>(
  connect: Connect,
  request: RequestOf<T>,
): Promise<Results[T]> {
  try {
    return await ask<T>(connect, request);
  } catch (error) {
    if (error instanceof StreamError) throw error;
    throw new StreamError('worker-gone', 'The background worker cannot be reached.', { cause: error });
  }
}

/** For what may be asked twice: a worker that stopped just then is woken again. */
export async function askAgain<T extends RequestType>(
  connect: Connect,
  request: RequestOf<T>,
): Promise<Results[T]> {
  try {
    return await askOnce<T>(connect, request);
  } catch (error) {
    if (error instanceof StreamError && error.code === 'worker-gone') return askOnce<T>(connect, request);
    throw error;
  }
}
