// What a server says when it fails → one of our codes. Status first, then the server's own code, then its words: the same
// failure has a different shape at every provider.
import { type ErrorCode, StreamError } from '../../engine/errors.ts';
import type { JsonObject, JsonValue } from '../../engine/types.ts';
import { findArray, findJson, findNumber, findObject, findText } from './json.ts';

interface Said {
  message: string;
  code: string;
  status: number | undefined;
}

const QUOTA =
  /insufficient[_ ](quota|balance|funds|credit)|billing|exceeded your current quota|out of credits?|payment required/i;
const TOO_LONG =
  /context[_ ](length|window|size)|maximum context|too many tokens|prompt is too long|exceed_context|token limit|input is too long|reduce the length/i;
const BAD_KEY =
  /(invalid|incorrect|wrong|missing|no|expired|disabled).{0,24}(api[ _-]?key|token|credential)|(api[ _-]?key|authentication).{0,24}(invalid|not valid|missing|required|failed|expired)/i;
const NO_MODEL =
  /model.{0,80}(not[ _]found|does not exist|not exist|unknown|not available|not supported|invalid)|(unknown|invalid|no such) model|model_not_found/i;
const FILTERED = /content[_ ](filter|policy|management)|safety|moderation/i;
const OVERLOADED = /overloaded|capacity|try again later/i;

/** The error of a response that is not ok. */
export function responseError(status: number, headers: Headers, body: string): StreamError {
  const said = readBody(body);
  const code = codeForStatus(status, { ...said, status }, body);
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
  const status = said.status ?? (/^\d{3}$/.test(said.code) ? Number(said.code) : undefined);
  const code =
    status === undefined || status < 400
      ? codeForWords(said, 'server')
      : codeForStatus(status, said, said.message);
  return new StreamError(code, said.message || 'The server reported an error without words.', { status });
}

function codeForStatus(status: number, said: Said, body: string): ErrorCode {
  switch (status) {
    case 401:
      return 'unauthorised';
    case 402:
      return 'quota';
    case 403:
      return forbidden(said, body);
    case 404:
      return NO_MODEL.test(`${said.code} ${said.message}`) ? 'model-not-found' : 'not-found';
    case 413:
      return 'too-long';
    case 429:
      return QUOTA.test(`${said.code} ${said.message}`) ? 'quota' : 'rate-limited';
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
  if (/rate[_ ]limit/i.test(words)) return 'rate-limited';
  if (OVERLOADED.test(words)) return 'overloaded';
  return otherwise;
}

function readBody(body: string): Said {
  const value = findJson(body);
  if (value === undefined) return { message: stripHtml(body), code: '', status: undefined };
  const object = findObject(value);
  const inner = object?.['error'];
  // `error` is an object at most, a string beside a code at some, and absent where the body itself is the error.
  return readError(inner === undefined || inner === null || typeof inner === 'string' ? value : inner);
}

function readError(value: JsonValue): Said {
  if (typeof value === 'string') return { message: value, code: '', status: undefined };
  const error = findObject(value);
  if (!error) return { message: JSON.stringify(value), code: '', status: undefined };
  const code = error['code'] ?? error['type'] ?? '';
  return {
    message: findWords(error),
    code: `${typeof code === 'string' || typeof code === 'number' ? code : ''} ${findText(error['type']) ?? ''}`.trim(),
    status: findStatus(error),
  };
}

function findStatus(error: JsonObject): number | undefined {
  for (const value of [error['status_code'], error['status'], error['code']]) {
    const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : findNumber(value);
    if (status !== undefined && status >= 100 && status < 600) return status;
  }
  return undefined;
}

/** The most useful words: OpenRouter hides the provider's own in metadata.raw, FastAPI servers send an array of details. */
function findWords(error: JsonObject): string {
  const raw = findText(findObject(error['metadata'])?.['raw']);
  const details = findArray(error['detail'])
    ?.map((item) => findText(findObject(item)?.['msg']) ?? '')
    .filter((text) => text !== '')
    .join('; ');
  const message =
    findText(error['message']) ??
    findText(error['error']) ??
    findText(error['detail']) ??
    findText(details) ??
    '';
  return raw ? `${message}${message ? ': ' : ''}${raw}` : message;
}

function stripHtml(body: string): string {
  if (!body.trimStart().startsWith('<')) return body.trim();
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.trim();
  return (
    title ||
    body
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200)
  );
}

/** What the server asks us to wait, ms: `retry-after-ms` before `retry-after`, which is seconds or a date. */
function findRetryAfter(headers: Headers): number | undefined {
  const ms = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers.get('retry-after');
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  // Date.parse takes almost anything for a date, "-1" and "1, 2" too; an HTTP date names its month.
  const wait = /\d [A-Za-z]{3} \d/.test(value) ? Date.parse(value) - Date.now() : Number.NaN;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
