// GET /models, in the shapes that servers send: OpenAI's list, MegaLLM's two, and a bare array.

import type { Dialect } from '../engine/dialect.ts';
import { StreamError } from '../engine/errors.ts';
import { asStreamError, expectOk, type Fetch, readText, TRANSPORT } from '../engine/transport.ts';
import type { JsonObject, JsonValue } from '../engine/types.ts';
import type { ModelInfo } from '../protocol/contract.ts';

const LIMIT_BYTES = 8 * 1024 * 1024;
const LIMIT_MS = 20_000;

export interface ListModelsInput {
  baseUrl: string;
  key: string | undefined;
  dialect: Dialect;
  fetch: Fetch;
  signal: AbortSignal;
}

/** The models that can chat, in the server's order. @throws StreamError */
export async function listModels({
  baseUrl,
  key,
  dialect,
  fetch,
  signal,
}: ListModelsInput): Promise<ModelInfo[]> {
  try {
    const response = await fetch(`${baseUrl}/models`, {
      headers: { ...dialect.headers(key), Accept: 'application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
      ...TRANSPORT,
    });
    await expectOk(response, dialect);
    return readModels(await readText(response, LIMIT_BYTES));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      throw new StreamError('timeout-connect', `No answer came within ${LIMIT_MS / 1000} s.`);
    throw asStreamError(error, key);
  }
}

function readModels(text: string): ModelInfo[] {
  if (text.trimStart().startsWith('<')) throw new StreamError('not-an-api', text.trim().slice(0, 200));
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new StreamError('not-an-api', text.slice(0, 200));
  }
  const list = Array.isArray(value)
    ? value
    : isObject(value)
      ? (value['data'] ?? value['models'])
      : undefined;
  if (!Array.isArray(list)) throw new StreamError('not-an-api', text.slice(0, 200));
  return list.map(readModel).filter((model) => model !== undefined);
}

function readModel(value: JsonValue): ModelInfo | undefined {
  if (!isObject(value) || typeof value['id'] !== 'string' || value['id'] === '') return undefined;
  if (value['type'] === 'embedding') return undefined;
  const name = value['display_name'] ?? value['name'];
  const capabilities = value['capabilities'];
  const length =
    value['context_length'] ?? (isObject(capabilities) ? capabilities['max_context_length'] : undefined);
  return {
    id: value['id'],
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof length === 'number' ? { contextLength: length } : {}),
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
