// What a server says when it fails → one of our codes. Status first, then the server's own code, then its words: the same
// failure has a different shape at every provider.
import { type ErrorCode, StreamError } from '../../engine/errors.ts';
import type { JsonObject, JsonValue } from '../../engine/types.ts';
import { findArray, findJson, findObject, findText } from './json.ts';
import { findRetryAfter } from './retry-after.ts';
import { readBody, readError, type Said } from './said.ts';

const QUOTA =
  /insufficient[_ ](quota|balance|funds|credit)|billing|exceeded your current quota|out of credits?|payment required|credit balance is too low|requires more credits/i;
const TOO_LONG =
  /context[_ ](length|window|size)|maximum context|too many tokens|prompt is too long|exceed_context|token limit|input is too long|reduce the length|too many input tokens|request too large/i;
const BAD_KEY =
  /(invalid|incorrect|wrong|missing|no|expired|disabled).{0,24}(api[ _-]?key|token|credential)|(api[ _-]?key|authentication).{0,24}(invalid|not valid|missing|required|failed|expired)/i;
const NO_MODEL =
  /model.{0,80}(not[ _]found|does not exist|not exist|unknown|not available|has been deprecated|decommissioned|is not a valid model)|models?.{0,80}(not supported|is invalid)\b|(unknown|invalid|no such|not a valid) model|supported .{0,12}model names? (is|are)|model_not_found|no endpoints found/i;
const FILTERED = /content[_ ](filter|policy|management)|safety|moderation|flagged/i;
const OVERLOADED = /overloaded|over[_ ]capacity|at capacity|capacity|try again later/i;
const NO_ENDPOINT =
  /unexpected endpoint|(unknown|invalid|no such) (endpoint|route|url|path)|unknown request url/i;

/** The error of a response that is not ok. */
export function responseError(status: number, headers: Headers, body: string): StreamError {
  const said = readBody(body);
  const code = codeForStatus(status, said, body);
  const message = said.message || `The server answered with status ${status}.`;
  const wanted = headers.get('x-should-retry');
  return new StreamError(code, message, {
    status,
    retryAfterMs: findRetryAfter(headers),
    shouldRetry: wanted === 'true' ? true : wanted === 'false' ? false : undefined,
  });
}

/** The error inside a stream or a whole reply that came with status 200. */
export function payloadError(value: JsonValue): StreamError {
  const said = readError(value);
  const { status } = said;
  const code =
    status === undefined || status < 400
      ? codeForWords(said, 'server')
      : codeForStatus(status, said, said.message || 'said');
  return new StreamError(code, said.message || 'The server reported an error without words.', { status });
}

/** The error of an `event: error`: JSON or plain words; undefined where it is JSON that was cut. */
export function textError(data: string): StreamError | undefined {
  const value = findJson(data);
  if (value !== undefined) return payloadError(value);
  return /^[{["]/.test(data) ? undefined : payloadError(data);
}

/** The error that a chunk reports, wherever it is: beside the choices, in the choice, in x_groq, or as the chunk itself. */
export function chunkError(chunk: JsonObject, choice: JsonObject | undefined): StreamError | undefined {
  // Nearly every chunk ends here.
  const own = chunk['error'] ?? choice?.['error'] ?? findText(findObject(chunk['x_groq'])?.['error']);
  if (own !== undefined && saysSomething(own)) return payloadError(own === chunk['error'] ? chunk : own);
  if (chunk['choices'] !== undefined) return undefined;
  const named = chunk['object'] === 'error' || chunk['type'] === 'error';
  const words = findText(chunk['message']) ?? findText(chunk['detail']) ?? findArray(chunk['detail']);
  if (named || (words !== undefined && chunk['usage'] === undefined)) return payloadError(chunk);
  return own === undefined ? undefined : payloadError(chunk);
}

/** Some proxies put an empty error beside every chunk. */
function saysSomething(error: JsonValue): boolean {
  if (typeof error === 'string') return error !== '';
  const object = findObject(error);
  return object ? Object.values(object).some((value) => value !== null && value !== '') : error === true;
}

function codeForStatus(status: number, said: Said, body: string): ErrorCode {
  const words = `${said.code} ${said.message}`;
  switch (status) {
    case 401:
      return 'unauthorised';
    case 402:
      return 'quota';
    case 403:
      return forbidden(said, body);
    case 404:
      return NO_MODEL.test(words) ? 'model-not-found' : 'not-found';
    case 413:
      return 'too-long';
    case 429:
      return QUOTA.test(words) ? 'quota' : 'rate-limited';
    case 503:
    case 529:
      return 'overloaded';
    case 511:
      return 'not-an-api';
  }
  if (status >= 500 || status === 408 || status === 409) return 'server';
  if (status >= 400) return codeForWords(said, 'bad-request');
  return 'unknown';
}

/** Ollama refuses an Origin with an empty 403; others say why. */
function forbidden(said: Said, body: string): ErrorCode {
  if (body.trim() === '' || /\borigin\b|cors/i.test(said.message)) return 'origin-refused';
  if (BAD_KEY.test(said.message)) return 'unauthorised';
  return QUOTA.test(said.message) ? 'quota' : 'forbidden';
}

function codeForWords(said: Said, otherwise: ErrorCode): ErrorCode {
  const words = `${said.code} ${said.message}`;
  if (QUOTA.test(words)) return 'quota';
  if (TOO_LONG.test(words)) return 'too-long';
  if (BAD_KEY.test(words)) return 'unauthorised';
  if (NO_MODEL.test(words)) return 'model-not-found';
  if (FILTERED.test(words)) return 'content-filter';
  if (/rate[_ ]limit|too many requests/i.test(words)) return 'rate-limited';
  if (OVERLOADED.test(words)) return 'overloaded';
  if (NO_ENDPOINT.test(words)) return 'not-found';
  return otherwise;
}
