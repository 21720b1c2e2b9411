// GET /models, for the list that a person chooses from.
import type { Dialect } from '../engine/dialect.ts';
import { StreamError } from '../engine/errors.ts';
import { readModels } from '../engine/models.ts';
import { asStreamError, expectOk, type Fetch, readText, TRANSPORT } from '../engine/transport.ts';
import type { ModelInfo } from '../engine/types.ts';

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
    return readModels(await readText(response, LIMIT_BYTES)).filter(({ kind }) => kind === undefined);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      throw new StreamError('timeout-connect', `No answer came within ${LIMIT_MS / 1000} s.`);
    throw asStreamError(error, key);
  }
}
