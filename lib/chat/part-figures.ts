// How much a text is, in the words of its chip.
import { estimateTokens } from '../engine/stats.ts';
import type { ContextPart } from '../protocol/attachments.ts';
import { writeNumber } from '../words/formats.ts';
import { say, sayCount } from '../words/say.ts';

const sizes = new WeakMap<ContextPart, string>();

export function tokenWords(tokens: number): string {
  const count = Math.max(1, Math.round(tokens));
  return sayCount('tokenCount', count, roughly(count));
}

/** About how many tokens a text and what goes along with it have. */
export function tokensOf(text: string, context: readonly ContextPart[]): number {
  return context.reduce((sum, part) => sum + estimateTokens(part.text), estimateTokens(text));
}

/** "~1,200 tokens", or how much of it that is where it was cut. */
export function sizeOf(part: ContextPart): string {
  const known = sizes.get(part);
  if (known !== undefined) return known;
  const tokens = estimateTokens(part.text);
  const { fullLength } = part;
  const all = fullLength === undefined ? undefined : (tokens * fullLength) / Math.max(1, part.text.length);
  const size =
    all === undefined
      ? tokenWords(tokens)
      : sayCount('cutTokens', Math.round(all), roughly(tokens), roughly(all));
  sizes.set(part, size);
  return size;
}

function roughly(tokens: number): string {
  return say('roughly', writeNumber(Math.round(tokens), { maximumSignificantDigits: 3 }));
}
