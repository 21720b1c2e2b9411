// A base URL and what follows from it: whose key it is, whose name is shown, which permission it needs.
import { StreamError } from '../engine/errors.ts';
import { expectBaseUrl, permissionPattern } from '../settings/base-url.ts';

export interface Address {
  /** Normalised. */
  baseUrl: string;
  /** A key belongs to an origin. */
  origin: string;
  /** For people: "api.example.com", "localhost:11434". International names in punycode. */
  host: string;
  /** The match pattern of the host permission. */
  pattern: string;
}

/** @throws StreamError `bad-url` with what is wrong in plain words. */
export function expectAddress(input: string): Address {
  const baseUrl = expectBaseUrl(input);
  const { origin, host } = new URL(baseUrl);
  return { baseUrl, origin, host, pattern: permissionPattern(baseUrl) };
}

/** The address, or undefined while the input is none (yet). */
export function findAddress(input: string): Address | undefined {
  try {
    return expectAddress(input);
  } catch (error) {
    if (error instanceof StreamError) return undefined;
    throw error;
  }
}
