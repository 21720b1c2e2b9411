// What a base URL may be. The key goes wherever this says yes, so it says yes to little.
import { StreamError, URL_WORDS } from '../engine/errors.ts';

// Only these two: match patterns and the content security policy can name neither IPv6 literals nor the rest of 127/8.
const LOOPBACK = /^(localhost|127\.0\.0\.1)$/;

/** Whether requests to this host stay on the machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * The normalised base URL: https, or http on loopback; no user, query or fragment; no slash at the end. A pasted endpoint
 * (…/chat/completions, …/models) is cut back to its base.
 * @throws StreamError `bad-url` with what is wrong in plain words.
 */
export function expectBaseUrl(input: string): string {
  const trimmed = input.trim();
  if (trimmed === '') throw new StreamError('bad-url', URL_WORDS.empty);
  // `https:/x`, `https:x` and back slashes parse too, but never to what was meant.
  if (!/^https?:\/\/[^/\\]/i.test(trimmed)) throw new StreamError('bad-url', URL_WORDS.scheme);
  if (/[\s\\]/.test(trimmed)) throw new StreamError('bad-url', URL_WORDS.space);
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    throw new StreamError('bad-url', URL_WORDS.invalid);
  }
  if (url.username || url.password) throw new StreamError('bad-url', URL_WORDS.user);
  if (url.search || url.hash) throw new StreamError('bad-url', URL_WORDS.query);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new StreamError('bad-url', URL_WORDS.plain);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/completions|models|embeddings)$/, '');
  return url.origin + path;
}

/** The match pattern of the one host permission that a base URL needs. Ports are not part of match patterns. */
export function permissionPattern(baseUrl: string): string {
  const url = new URL(baseUrl);
  return `${url.protocol}//${url.hostname}/*`;
}
