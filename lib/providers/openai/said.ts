// The useful words of an error body, whatever its shape.
import type { JsonObject, JsonValue } from '../../engine/types.ts';
import { findArray, findJson, findNumber, findObject, findText } from './json.ts';

export interface Said {
  /** The server's words, at most `MAX_WORDS` long; empty where it has none. */
  message: string;
  /** Its own code and type, for recognising only. */
  code: string;
  status: number | undefined;
}

/** More than this nobody reads, and patterns are tried on it. */
const MAX_WORDS = 4096;
/** Errors are wrapped into errors by every proxy on the way, but not for ever. */
const MAX_DEPTH = 5;

/** The error of a body of any shape: JSON, HTML, plain text, nothing. */
export function readBody(body: string): Said {
  const value = findJson(body);
  if (value !== undefined) return readError(value);
  return { message: readText(body).slice(0, MAX_WORDS), code: '', status: undefined };
}

export function readError(value: JsonValue): Said {
  // Gemini wraps its errors into an array; nearly everybody wraps them into `error`, where it may be a string beside a code.
  const outer = findArray(value)?.[0] ?? value;
  const error = findObject(findObject(outer)?.['error']) ?? outer;
  const object = findObject(error);
  const message = findWords(error, MAX_DEPTH) ?? (object || error === null ? '' : JSON.stringify(error));
  if (!object) return { message: message.slice(0, MAX_WORDS), code: '', status: undefined };
  const code = [object['code'], object['type']].filter(
    (part) => typeof part === 'string' || typeof part === 'number',
  );
  return {
    message: message.slice(0, MAX_WORDS),
    code: code.join(' ').slice(0, 200),
    status: findStatus(object),
  };
}

function findStatus(error: JsonObject): number | undefined {
  for (const value of [error['status_code'], error['status'], error['code'], error['raw_status_code']]) {
    const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : findNumber(value);
    if (status !== undefined && status >= 100 && status < 600) return status;
  }
  return undefined;
}

/** Words of an error in any nesting. FastAPI servers send an array of details; some send JSON in a string. */
function findWords(value: JsonValue | undefined, depth: number): string | undefined {
  if (depth === 0 || value === undefined) return undefined;
  if (typeof value === 'string') return findInnerWords(value, depth);
  const list = findArray(value);
  if (list) {
    const words = list.slice(0, 20).map((item) => findWords(item, depth - 1) ?? '');
    return words.filter((text) => text !== '').join('; ') || undefined;
  }
  const error = findObject(value);
  if (!error) return undefined;
  const message = firstWords(
    error,
    ['message', 'error', 'detail', 'msg', 'error_description', 'errors', 'title'],
    depth,
  );
  // OpenRouter says only that the provider failed, and hides the provider's own words here.
  const raw = findWords(findObject(error['metadata'])?.['raw'], depth - 1);
  return raw && message && !message.includes(raw) ? `${message}: ${raw}` : (message ?? raw);
}

function firstWords(error: JsonObject, names: string[], depth: number): string | undefined {
  for (const name of names) {
    const words = findWords(error[name], depth - 1);
    if (words) return words;
  }
  return undefined;
}

function findInnerWords(text: string, depth: number): string | undefined {
  const inner = /^\s*[{[]/.test(text) ? findJson(text) : undefined;
  return (inner === undefined ? undefined : findWords(inner, depth - 1)) ?? findText(text);
}

/** The title of a page, or its text; a body that is no page as it is. Only its beginning is looked at: the patterns are not linear. */
function readText(body: string): string {
  const text = body.trim().slice(0, MAX_WORDS);
  if (!text.startsWith('<')) return text;
  const title = /<title[^>]{0,200}>([^<]*)/i.exec(text)?.[1]?.trim();
  if (title) return title;
  const bare = text.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
  return bare.replace(/\s+/g, ' ').trim().slice(0, 200);
}
