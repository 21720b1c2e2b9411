// Where servers put the token counts: in the last chunk, in one of its own, in every chunk, in the choice, or in x_groq.
import type { JsonObject, JsonValue, Usage } from '../../engine/types.ts';
import { findNumber, findObject } from './json.ts';

/** The last one wins and none is added up: Perplexity repeats a growing one on every chunk. The odd places count only where the usual one was never used. */
export function createUsageReader(): (
  chunk: JsonObject,
  choice: JsonObject | undefined,
) => Usage | undefined {
  let sawOwn = false;
  return (chunk, choice) => {
    const own = findObject(chunk['usage']);
    if (own) {
      sawOwn = true;
      return toUsage(own);
    }
    if (sawOwn) return undefined;
    // Moonshot puts it into the choice, older Groq servers into an object of their own.
    const odd = findObject(choice?.['usage']) ?? findObject(findObject(chunk['x_groq'])?.['usage']);
    return odd && toUsage(odd);
  };
}

function toUsage(raw: JsonObject): Usage {
  return {
    promptTokens: findCount(raw['prompt_tokens']) ?? findCount(raw['input_tokens']) ?? null,
    completionTokens: findCount(raw['completion_tokens']) ?? findCount(raw['output_tokens']) ?? null,
    totalTokens: findCount(raw['total_tokens']) ?? null,
    raw,
  };
}

function findCount(value: JsonValue | undefined): number | undefined {
  const count = findNumber(value);
  return count !== undefined && count >= 0 ? count : undefined;
}
