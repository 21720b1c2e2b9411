// What a token costs, in the units that servers use: dollars for a million tokens, dollars for one, as numbers or as strings.
import { isJsonObject } from './structured-json.ts';
import type { JsonObject, JsonValue, ModelPrice } from './types.ts';

type Unit = 'million' | 'token' | 'by-size';

const SPELLINGS: readonly { input: string; output: string; unit: Unit }[] = [
  { input: 'input_tokens_cost_per_million', output: 'output_tokens_cost_per_million', unit: 'million' },
  { input: 'input_cost_per_million', output: 'output_cost_per_million', unit: 'million' },
  { input: 'input_per_million', output: 'output_per_million', unit: 'million' },
  { input: 'input_cost_per_token', output: 'output_cost_per_token', unit: 'token' },
  // OpenRouter's, for one token; "-1" says that it depends.
  { input: 'prompt', output: 'completion', unit: 'token' },
  // Together means a million, Vercel one: no model costs less than this a million, or more than this a token.
  { input: 'input', output: 'output', unit: 'by-size' },
];
const SMALLEST_PER_MILLION = 0.001;

/** The price of a row of a model list; undefined where it has none, or one in another currency. */
export function findPrice(row: JsonObject): ModelPrice | undefined {
  const pricing = isJsonObject(row['pricing']) ? row['pricing'] : row;
  const currency = pricing['currency'];
  if (typeof currency === 'string' && currency.toUpperCase() !== 'USD') return undefined;
  for (const { input, output, unit } of SPELLINGS) {
    const price = readPair(pricing[input], pricing[output], unit);
    if (price) return price;
  }
  return undefined;
}

function readPair(
  input: JsonValue | undefined,
  output: JsonValue | undefined,
  unit: Unit,
): ModelPrice | undefined {
  const given = { input: readAmount(input), output: readAmount(output) };
  if (given.input === undefined && given.output === undefined) return undefined;
  // Both are in one unit, and the larger of them tells it.
  const largest = Math.max(given.input ?? 0, given.output ?? 0);
  const isPerToken = unit === 'token' || (unit === 'by-size' && largest < SMALLEST_PER_MILLION);
  const scale = (amount: number) => (isPerToken ? Number((amount * 1e6).toPrecision(12)) : amount);
  return {
    ...(given.input === undefined ? {} : { input: scale(given.input) }),
    ...(given.output === undefined ? {} : { output: scale(given.output) }),
  };
}

function readAmount(value: JsonValue | undefined): number | undefined {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0 ? amount : undefined;
}
