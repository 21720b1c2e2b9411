// Where the API is when it is not at the base URL: people leave out the last part of its path.
import { type Trouble, toTrouble } from '../engine/errors.ts';
import { listModels } from './list-models.ts';
import type { TestInput } from './test-connection.ts';

const USUAL_ENDS = ['/v1', '/api/v1', '/openai/v1'];

/** The troubles after which another path of the same server is worth a try. */
export function mayBeElsewhere(trouble: Trouble): boolean {
  return trouble.code === 'not-an-api' || trouble.code === 'not-found';
}

/** A base URL of the same origin, so the key stays with its server; undefined where none of the usual ones answers as an API. */
export async function findBetter(input: TestInput): Promise<string | undefined> {
  const { origin, pathname } = new URL(input.baseUrl);
  const paths = [`${pathname.replace(/\/+$/, '')}/v1`, ...USUAL_ENDS];
  const others = new Set(paths.map((path) => origin + path));
  others.delete(input.baseUrl);
  for (const baseUrl of others) {
    const listed = await listModels({ ...input, baseUrl }).catch((error: unknown) => toTrouble(error));
    if (Array.isArray(listed) || listed.code === 'unauthorised') return baseUrl;
  }
  return undefined;
}
