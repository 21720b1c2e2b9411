// How requests with a key are sent, and what may come out of them when they fail.
import type { Dialect } from './dialect.ts';
import { StreamError } from './errors.ts';
import { redact } from './redact.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const MAX_ERROR_BYTES = 64 * 1024;

/** How every request with a key is sent. A followed 307 would hand the whole prompt to another server, so none is followed. */
export const TRANSPORT = {
  redirect: 'manual',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
} as const satisfies RequestInit;

/** @throws StreamError for a redirect or any status that is not 2xx. */
export async function expectOk(response: Response, dialect: Dialect): Promise<void> {
  const failure = await findFailure(response, dialect);
  if (failure) throw failure.error;
}

export interface Failure {
  error: StreamError;
  /** What the server said, as it is: not redacted. */
  body: string;
}

/** Why a response is not the answer that was asked for; undefined where it is. `onBytes` gets the error's body as it is read. */
export async function findFailure(
  response: Response,
  dialect: Dialect,
  onBytes?: (bytes: Uint8Array) => void,
): Promise<Failure | undefined> {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    const target = response.headers.get('location');
    const words = target ? `The server redirects to ${target}` : 'The server redirects elsewhere.';
    const status = response.status || undefined;
    return { error: new StreamError('redirect', words, { status }), body: '' };
  }
  if (response.ok) return undefined;
  const body = await readText(response, MAX_ERROR_BYTES, onBytes);
  return { error: dialect.responseError(response.status, response.headers, body), body };
}

/** At most `limit` bytes of a body as text; what comes after is not read. */
export async function readText(
  response: Response,
  limit: number,
  onBytes?: (bytes: Uint8Array) => void,
): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    onBytes?.(value);
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
    if (bytes >= limit) {
      await reader.cancel();
      return text;
    }
  }
}

/** What the transport threw, as an error that may leave it. Anything else is a bug of ours and stays what it is. */
export function asStreamError(error: unknown, secret: string | undefined): unknown {
  if (error instanceof StreamError) {
    const { code, status, retryAfterMs, shouldRetry, cause } = error;
    return new StreamError(code, redact(error.message, secret), { status, retryAfterMs, shouldRetry, cause });
  }
  // fetch says "Failed to fetch" for DNS, TLS, refused ports, CORS and cut connections alike.
  if (error instanceof TypeError || error instanceof DOMException)
    return new StreamError('network', redact(error.message, secret), { cause: error });
  return error;
}
