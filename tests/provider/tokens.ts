// Cuts text as a model's tokenizer roughly would, so that a rate in tokens a second means what a reader expects.

// With the u flag every match ends between code points; a joined emoji may be cut inside, as real tokenizers do.
const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{1,2}|[^\S\n]?\S{1,5}|\s+/gu;

/** The pieces join to exactly `text`. */
export function cutTokens(text: string): string[] {
  return text.match(token) ?? [];
}
