// The list that a model is chosen from: favourites first, then each provider's models; what was typed is looked for in all of them, and
// can be asked for as it is.
import type { ModelInfo, Provider } from '../protocol/contract.ts';
import { providerName, providersOf } from '../settings/providers.ts';
import type { Settings } from '../settings/schema.ts';
import { writeNumber } from '../words/formats.ts';
import { say, wordsLanguage } from '../words/say.ts';
import type { ModelsByProvider } from './model-lists.ts';

export interface ModelRow {
  key: string;
  baseUrl: string;
  /** For people. */
  provider: string;
  model: ModelInfo;
  isFavourite: boolean;
  /** No server lists it: it is what was typed. */
  isTyped: boolean;
}

export interface ModelGroup {
  key: string;
  name: string;
  rows: ModelRow[];
}

/** `query`: what was typed; a model fits where all of its words occur in its names or its provider's. */
export function groupModels(settings: Settings, lists: ModelsByProvider, query: string): ModelGroup[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const fits = ({ model, provider }: ModelRow) => {
    const text = plain(`${model.id} ${model.name ?? ''} ${provider}`);
    return words.every((word) => text.includes(word));
  };
  // By name: the list must not change its order because another provider is used now.
  const providers = providersOf(settings).sort((a, b) =>
    providerName(a).localeCompare(providerName(b), wordsLanguage()),
  );
  const all = providers.map((provider) => {
    const rows = rowsOf(provider, lists.get(provider.baseUrl)?.models ?? []).filter(fits);
    return { key: provider.baseUrl, name: providerName(provider), rows };
  });
  const favourites = all.flatMap(({ rows }) => rows.filter(({ isFavourite }) => isFavourite));
  const others = all.map((group) => ({
    ...group,
    rows: group.rows.filter(({ isFavourite }) => !isFavourite),
  }));
  const groups = [{ key: 'favourites', name: say('favourites'), rows: favourites }, ...others];
  const typed = typedRows(
    providers,
    all.flatMap(({ rows }) => rows),
    query.trim(),
  );
  if (words.length > 0) groups.push({ key: 'typed', name: say('asTyped'), rows: typed });
  return groups.filter(({ rows }) => rows.length > 0);
}

/** What the server lists, and what was chosen or has a star though the server does not list it (now). */
function rowsOf(provider: Provider, listed: readonly ModelInfo[]): ModelRow[] {
  const known = new Set(listed.map(({ id }) => id));
  const unlisted = [...new Set([provider.model, ...provider.favourites])].filter(
    (id) => id && !known.has(id),
  );
  const models = [...unlisted.map((id): ModelInfo => ({ id })), ...listed];
  return models.map((model) => rowOf(provider, model, false));
}

function rowOf(provider: Provider, model: ModelInfo, isTyped: boolean): ModelRow {
  const { baseUrl, favourites } = provider;
  const isFavourite = favourites.includes(model.id);
  const key = `${isTyped ? 'typed ' : ''}${baseUrl} ${model.id}`;
  return { key, baseUrl, provider: providerName(provider), model, isFavourite, isTyped };
}

/** Any name can be asked for, of any provider that does not have it in its list. */
function typedRows(providers: readonly Provider[], found: readonly ModelRow[], id: string): ModelRow[] {
  if (id === '' || id.length > 200) return [];
  const isListed = ({ baseUrl }: Provider) =>
    found.some((row) => row.baseUrl === baseUrl && row.model.id === id);
  return providers.filter((provider) => !isListed(provider)).map((provider) => rowOf(provider, { id }, true));
}

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

interface Fact {
  /** In a few words. */
  short: string;
  /** The same as a sentence. */
  full: string;
}

/** What is known of a model. */
export function factsOf({ contextLength, capabilities, price }: ModelInfo): Fact[] {
  const facts: Fact[] = [];
  if (capabilities?.vision) facts.push({ short: say('fact_images'), full: say('fact_imagesFull') });
  if (capabilities?.tools) facts.push({ short: say('fact_tools'), full: say('fact_toolsFull') });
  if (capabilities?.reasoning) facts.push({ short: say('fact_thinks'), full: say('fact_thinksFull') });
  if (contextLength !== undefined)
    facts.push({
      short: lengthWords(contextLength),
      full: say('fact_lengthFull', contextLength),
    });
  if (price?.input !== undefined && price.output !== undefined)
    facts.push(priceFact(price.input, price.output));
  return facts;
}

/** US dollars for a million tokens. */
function priceFact(input: number, output: number): Fact {
  const inDollars = (amount: number) =>
    writeNumber(amount, { style: 'currency', currency: 'USD', maximumSignificantDigits: 3 });
  const costs = [inDollars(input), inDollars(output)] as const;
  const short = input + output === 0 ? say('fact_free') : say('fact_price', ...costs);
  return { short, full: say('fact_priceFull', ...costs) };
}

/** 128000 → "128k", 131072 → "131k", 1048576 → "1M". */
function lengthWords(tokens: number): string {
  if (tokens >= 1_000_000) return say('millions', Math.round(tokens / 100_000) / 10);
  return tokens >= 1000 ? say('thousands', Math.round(tokens / 1000)) : String(tokens);
}
