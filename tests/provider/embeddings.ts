// Deterministic vectors: words are hashed into a fixed number of places, so texts that share words lie close together.
import type { JsonObject, JsonValue } from '../../lib/engine/types.ts';
import { cutTokens } from './tokens.ts';

export const dimensions = 64;

function hash(word: string): number {
  let value = 2166136261;
  for (const byte of Buffer.from(word)) value = Math.imul(value ^ byte, 16777619) >>> 0;
  return value;
}

/** A unit vector of `dimensions` numbers; the zero text gives the first axis. */
export function embed(text: string): Float32Array {
  const vector = new Float64Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const value = hash(word);
    const place = value % dimensions;
    vector[place] = (vector[place] ?? 0) + (value & 0x10000 ? 1 : -1);
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  return Float32Array.from(vector, (number) => number / (length || 1));
}

function encode(vector: Float32Array, format: unknown): JsonValue {
  if (format !== 'base64') return [...vector];
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((number, place) => {
    bytes.writeFloatLE(number, place * 4);
  });
  return bytes.toString('base64');
}

/** The answer to POST /embeddings, or undefined where `input` is missing or not text. */
export function findEmbeddings(body: Record<string, unknown>): JsonObject | undefined {
  const input = body['input'];
  const texts: unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0) return undefined;
  const data: JsonValue[] = [];
  let tokens = 0;
  for (const [index, text] of texts.entries()) {
    if (typeof text !== 'string') return undefined;
    tokens += cutTokens(text).length;
    data.push({ object: 'embedding', index, embedding: encode(embed(text), body['encoding_format']) });
  }
  return {
    object: 'list',
    data,
    model: String(body['model'] ?? 'scripted-embedding'),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
