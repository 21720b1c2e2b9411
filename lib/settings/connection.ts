// Everything one job needs to reach the provider, taken once when the job begins: what the user changes meanwhile counts for the next.
import { StreamError } from '../engine/errors.ts';
import type { Timeouts } from '../engine/types.ts';
import { expectBaseUrl, permissionPattern } from './base-url.ts';
import type { Choice, ModelAt, Params } from './provider.ts';
import { askedBy, findProvider } from './providers.ts';
import type { Settings } from './schema.ts';

/** A model, and what is needed to ask it. */
export interface Reach extends ModelAt {
  key: string | undefined;
}

export interface Connection extends Reach {
  params: Params;
  /** Asked instead where the model fails before anything was shown. */
  fallback?: Reach;
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
  needsKey(provider: { preset: string; baseUrl: string }): boolean;
}

/**
 * For a conversation that chose (`choice`), else with what is in use.
 * @throws StreamError `bad-url`, `no-key`, `permission` or `model-not-found`: what is missing, in the order a person would set it up
 */
export async function expectConnection(sources: ConnectionSources, choice?: Choice): Promise<Connection> {
  const settings = await sources.settings();
  const asked = askedBy(settings, choice);
  const reach = await expectReach(sources, settings, asked);
  const fallback = await findFallback(sources, settings, reach);
  const { timeouts, retries } = settings;
  const continuations = settings.continuing === 'automatic' ? MAX_CONTINUATIONS : 0;
  return {
    ...reach,
    params: asked.params,
    timeouts,
    retries,
    continuations,
    ...(fallback ? { fallback } : {}),
  };
}

async function expectReach(sources: ConnectionSources, settings: Settings, at: ModelAt): Promise<Reach> {
  const baseUrl = expectBaseUrl(at.baseUrl);
  const preset = findProvider(settings, at.baseUrl)?.preset ?? settings.preset;
  const key = await sources.findKey(new URL(baseUrl).origin);
  if (key === undefined && sources.needsKey({ preset, baseUrl }))
    throw new StreamError('no-key', 'No API key is stored.');
  if (!(await sources.hasPermission(permissionPattern(baseUrl))))
    throw new StreamError('permission', `Runnel may not yet reach ${new URL(baseUrl).host}.`);
  if (at.model === '') throw new StreamError('model-not-found', 'No model is chosen.');
  return { baseUrl, key, model: at.model };
}

/** Undefined where it cannot be asked, or is the model that is asked anyway. */
async function findFallback(
  sources: ConnectionSources,
  settings: Settings,
  asked: ModelAt,
): Promise<Reach | undefined> {
  const { fallback } = settings;
  if (!fallback || !findProvider(settings, fallback.baseUrl)) return undefined;
  if (fallback.baseUrl === asked.baseUrl && fallback.model === asked.model) return undefined;
  return expectReach(sources, settings, fallback).catch(() => undefined);
}
