// Everything one job needs to reach the provider, taken once when the job begins: what the user changes meanwhile counts for the next.
import { StreamError } from '../engine/errors.ts';
import type { Timeouts } from '../engine/types.ts';
import { expectBaseUrl, permissionPattern } from './base-url.ts';
import type { Settings } from './schema.ts';

export interface Connection {
  baseUrl: string;
  key: string | undefined;
  model: string;
  timeouts: Timeouts;
  /** Repeats before anything was shown. */
  retries: number;
  /** Continuations after something was shown. */
  continuations: number;
}

/** How often an answer goes on by itself; a server that breaks it each time would be paid for ever. */
const MAX_CONTINUATIONS = 3;

export interface ConnectionSources {
  settings(): Promise<Settings>;
  findKey(origin: string): Promise<string | undefined>;
  hasPermission(pattern: string): Promise<boolean>;
  needsKey(settings: Settings): boolean;
}

/** @throws StreamError `bad-url`, `no-key`, `permission` or `model-not-found`: what is missing, in the order a person would set it up. */
export async function expectConnection(sources: ConnectionSources): Promise<Connection> {
  const settings = await sources.settings();
  const baseUrl = expectBaseUrl(settings.baseUrl);
  const key = await sources.findKey(new URL(baseUrl).origin);
  if (key === undefined && sources.needsKey(settings))
    throw new StreamError('no-key', 'No API key is stored.');
  if (!(await sources.hasPermission(permissionPattern(baseUrl))))
    throw new StreamError('permission', `Runnel may not yet reach ${new URL(baseUrl).host}.`);
  if (settings.model === '') throw new StreamError('model-not-found', 'No model is chosen.');
  const { model, timeouts, retries } = settings;
  const continuations = settings.continuing === 'automatic' ? MAX_CONTINUATIONS : 0;
  return { baseUrl, key, model, timeouts, retries, continuations };
}
