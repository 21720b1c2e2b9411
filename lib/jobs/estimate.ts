// What a translation will take, about, before anything of it is sent.
import { estimateTokens } from '../engine/stats.ts';
import type { Segment } from '../protocol/page.ts';
import { hasMarks } from '../translate/marks.ts';
import { type TranslationWishes, translationMessages } from '../translate/prompt.ts';
import { writeDollars } from '../words/money.ts';
import { say } from '../words/say.ts';

/** US dollars for a million tokens of the question, and of the answer. */
export interface Price {
  input: number;
  output: number;
}

/** What a translation will cost at most, about. */
export interface Estimate {
  chars: number;
  /** Prompt and answer together. */
  tokens: number;
  /** US dollars; null where the model's price is not known. */
  dollars: number | null;
}

/** `groups`: the segments of each request. An answer is about as long as its text. */
export function estimateTranslation(
  groups: readonly (readonly Segment[])[],
  wishes: TranslationWishes,
  price?: Price,
): Estimate {
  let [chars, prompt, answer] = [0, 0, 0];
  for (const group of groups) {
    const text = group.map((segment) => segment.text).join('\n\n');
    chars += text.length;
    answer += estimateTokens(text);
    for (const { content } of translationMessages(text, wishes, group.length > 1 || hasMarks(text)))
      prompt += estimateTokens(content);
  }
  const dollars = price ? (prompt * price.input + answer * price.output) / 1e6 : null;
  return { chars, tokens: Math.ceil(prompt + answer), dollars };
}

/** For a person: one sentence. */
export function estimateWords({ tokens, dollars }: Estimate): string {
  if (dollars === null) return say('estimate', tokens);
  return say('estimatePrice', tokens, writeDollars(dollars, { maximumSignificantDigits: 2 }));
}
