// The saved providers: the one in use, whose fields are the settings' own, and the others. All functions are pure.
import type { Choice, ModelAt, Params, Provider } from './provider.ts';
import type { Settings } from './schema.ts';

// Here and not beside the schema: views know the bounds, and bring no schemas along.
export const MAX_PROVIDERS = 20;
export const MAX_FAVOURITES = 100;
export const MAX_NAME = 60;

/** All of them, the one in use first. */
export function providersOf(settings: Settings): Provider[] {
  const { preset, baseUrl, model, name, favourites } = settings;
  return [{ preset, baseUrl, model, name, favourites }, ...settings.others];
}

export function findProvider(settings: Settings, baseUrl: string): Provider | undefined {
  return providersOf(settings).find((provider) => provider.baseUrl === baseUrl);
}

/** For people: the name that was given, else the server's. */
export function providerName({ name, baseUrl }: Pick<Provider, 'name' | 'baseUrl'>): string {
  return name || (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl);
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).hostname : baseUrl;
}

/** Whom a conversation asks: what it chose where that provider is still saved, else the provider in use. */
export function askedBy(settings: Settings, choice: Choice | undefined): Provider & { params: Params } {
  const chosen = choice?.at ? findProvider(settings, choice.at.baseUrl) : undefined;
  const [current] = providersOf(settings);
  const provider = chosen ?? current ?? settings;
  const { preset, baseUrl, name, favourites } = provider;
  const model = chosen && choice?.at ? choice.at.model : provider.model;
  return { preset, baseUrl, name, favourites, model, params: choice?.params ?? {} };
}

/** Uses a saved provider from now on, with `model` or the one that it had; one that is not saved changes nothing. */
export function withCurrent(settings: Settings, baseUrl: string, model?: string): Settings {
  const [current] = providersOf(settings);
  const next = settings.others.find((other) => other.baseUrl === baseUrl);
  if (next && current) {
    const others = settings.others.map((other) => (other === next ? current : other));
    return { ...settings, ...next, model: model ?? next.model, others };
  }
  const isSame = baseUrl !== settings.baseUrl || model === undefined || model === settings.model;
  return isSame ? settings : { ...settings, model };
}

/**
 * With what was typed as the provider in use: one more where it `isNew`, else in place of the one that was. A provider with the same
 * base URL keeps its name and stars, and so does one that moved to another path or port of its server.
 */
export function withSaved(
  settings: Settings,
  typed: Pick<Provider, 'preset' | 'baseUrl' | 'model'>,
  isNew: boolean,
): Settings {
  const moved = !isNew && hostOf(typed.baseUrl) === hostOf(settings.baseUrl) ? settings : undefined;
  const { name, favourites } = findProvider(settings, typed.baseUrl) ?? moved ?? { name: '', favourites: [] };
  const kept = isNew ? providersOf(settings) : settings.others;
  const others = kept.filter(({ baseUrl }) => baseUrl !== typed.baseUrl).slice(1 - MAX_PROVIDERS);
  return { ...settings, ...typed, name, favourites, others };
}

/** Without a provider; where it was in use the next one is. The last one stays. */
export function withoutProvider(settings: Settings, baseUrl: string): Settings {
  const [first, ...others] = providersOf(settings).filter((provider) => provider.baseUrl !== baseUrl);
  if (!first) return settings;
  const fallback = settings.fallback?.baseUrl === baseUrl ? null : settings.fallback;
  return { ...settings, ...first, others, fallback };
}

/** With a star at a model, or without. */
export function withFavourite(settings: Settings, { baseUrl, model }: ModelAt, isOne: boolean): Settings {
  const provider = findProvider(settings, baseUrl);
  if (!provider || provider.favourites.includes(model) === isOne) return settings;
  const rest = provider.favourites.filter((id) => id !== model);
  const favourites = isOne ? [...rest, model].slice(-MAX_FAVOURITES) : rest;
  if (baseUrl === settings.baseUrl) return { ...settings, favourites };
  const others = settings.others.map((other) =>
    other.baseUrl === baseUrl ? { ...other, favourites } : other,
  );
  return { ...settings, others };
}
