// JSON that a model or a server wrote, read within bounds: nothing deep enough to break a recursion, nothing that reaches a prototype.
import type { JsonObject, JsonValue } from './types.ts';

export const MAX_DEPTH = 64;
/** In characters. */
export const MAX_LENGTH = 1024 * 1024;

export type Parsed = { ok: true; value: JsonValue } | { ok: false; problem: string };

/** Follows JSON as it comes, one pass over every character: how deep it is, and where its first object or array ends. */
export interface Scan {
  depth: number;
  deepest: number;
  inString: boolean;
  escaped: boolean;
  /** Characters seen. */
  at: number;
  /** Where the outermost object or array ended; undefined while it is open. */
  end: number | undefined;
}

export function createScan(): Scan {
  return { depth: 0, deepest: 0, inString: false, escaped: false, at: 0, end: undefined };
}

export function scanJson(scan: Scan, text: string): void {
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    scan.at++;
    if (scan.inString) {
      if (scan.escaped) scan.escaped = false;
      else if (char === 0x5c) scan.escaped = true;
      else if (char === 0x22) scan.inString = false;
    } else if (char === 0x22) {
      scan.inString = true;
    } else if (char === 0x7b || char === 0x5b) {
      scan.depth++;
      scan.deepest = Math.max(scan.deepest, scan.depth);
    } else if (char === 0x7d || char === 0x5d) {
      scan.depth--;
      if (scan.depth <= 0) scan.end ??= scan.at;
    }
  }
}

/** The value of a whole JSON text, as plain data (see {@link plainJson}); never throws. */
export function parseJson(text: string): Parsed {
  if (text.length > MAX_LENGTH) return { ok: false, problem: 'It is longer than 1 MiB.' };
  const scan = createScan();
  scanJson(scan, text);
  if (scan.deepest > MAX_DEPTH)
    return { ok: false, problem: `It is nested more than ${MAX_DEPTH} levels deep.` };
  try {
    return { ok: true, value: plainJson(JSON.parse(text)) };
  } catch (error) {
    return {
      ok: false,
      problem: `It is not valid JSON: ${error instanceof Error ? error.message : 'cannot be read'}`,
    };
  }
}

/**
 * A copy whose objects have no prototype and no key `__proto__`: a field that is absent reads as undefined whatever its name is, and
 * copying such an object into another sets no prototype. What JSON cannot say (NaN, Infinity) is null, as JSON.stringify has it.
 */
export function plainJson(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null) return null;
  const copy = Object.create(null) as JsonObject;
  for (const [key, item] of Object.entries(value)) if (key !== '__proto__') copy[key] = plainJson(item);
  return copy;
}

/** JSON text that is the same for the same value: keys sorted, no white space. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${fields.join(',')}}`;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
