// What an answer cost, where the server says how many tokens it took and its list of models what they cost.
import type { JsonValue, ModelPrice, Usage } from '../engine/types.ts';
import { writeNumber } from '../words/formats.ts';

/** Parts of the counts, where a server tells of them. */
export interface UsageParts {
  /** Tokens of the question that the server had read before. */
  cached: number | null;
  /** Tokens of the answer that are thoughts. */
  reasoning: number | null;
}

export function partsOf({ raw }: Usage): UsageParts {
  return {
    cached: firstNumber(
      inside(raw['prompt_tokens_details'], 'cached_tokens'),
      inside(raw['input_tokens_details'], 'cached_tokens'),
      raw['cache_read_input_tokens'],
      raw['prompt_cache_hit_tokens'],
      raw['cached_tokens'],
    ),
    reasoning: firstNumber(
      inside(raw['completion_tokens_details'], 'reasoning_tokens'),
      inside(raw['output_tokens_details'], 'reasoning_tokens'),
      raw['reasoning_tokens'],
    ),
  };
}

/** US dollars; null where a count is missing. Cached tokens count in full: what they cost less is not known. */
export function costOf(usage: Usage, price: Required<ModelPrice>): number | null {
  if (usage.promptTokens === null || usage.completionTokens === null) return null;
  return (usage.promptTokens * price.input + usage.completionTokens * price.output) / 1e6;
}

/** `$0.0021`: two figures that count, and never less than cents. */
export function dollars(amount: number): string {
  const digits = amount > 0 && amount < 0.1 ? Math.min(8, 1 - Math.floor(Math.log10(amount))) : 2;
  return writeNumber(amount, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.max(2, digits),
  });
}

function inside(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
}

function firstNumber(...values: (JsonValue | undefined)[]): number | null {
  return (values.find((value) => typeof value === 'number' && value >= 0) as number | undefined) ?? null;
}
