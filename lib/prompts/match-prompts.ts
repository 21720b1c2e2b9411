import type { Prompt } from '../settings/schema.ts';

/** The prompts whose names hold every word of `filter`; those that begin with it come first. */
export function matchPrompts(prompts: readonly Prompt[], filter: string): Prompt[] {
  const words = filter.toLowerCase().split(/\s+/);
  const found = prompts.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  const begins = ({ name }: Prompt) => Number(name.toLowerCase().startsWith(words[0] ?? ''));
  return found.toSorted((a, b) => begins(b) - begins(a));
}
