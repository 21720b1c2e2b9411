import { estimateTokens } from '../engine/stats.ts';

/** The beginning of `text` that has about `tokens` tokens, ended at a paragraph, a sentence or a word where one is near. */
export function cutText(text: string, tokens: number): string {
  const all = estimateTokens(text);
  if (all <= tokens) return text;
  // Scripts differ along a text: cut by the average, then once more by what is really there.
  let cut = text.slice(0, Math.floor((text.length * tokens) / all));
  const over = estimateTokens(cut);
  if (over > tokens) cut = cut.slice(0, Math.floor((cut.length * tokens) / over));
  const nearEnd = cut.length * 0.9;
  for (const end of ['\n\n', '\n', '. ', '。', ' ']) {
    const at = cut.lastIndexOf(end);
    if (at > nearEnd) return cut.slice(0, at + (end === '. ' || end === '。' ? 1 : 0));
  }
  return cut;
}
