// The prompts that are there from the beginning.
import type { Prompt } from '../settings/schema.ts';

export const builtInPrompts: readonly Prompt[] = [
  {
    id: 'summarise',
    name: 'Summarise this page',
    text: 'Summarise this page in a few sentences, then list its main points. {{page}}',
  },
  { id: 'explain', name: 'Explain', text: 'Explain this in simple words, with an example:\n\n{{selection}}' },
  {
    id: 'rewrite',
    name: 'Rewrite',
    text: 'Rewrite this so that it is clear and short. Keep its meaning and its language:\n\n{{selection}}',
  },
  {
    id: 'translate',
    name: 'Translate to …',
    text: 'Translate this to {{language}}:\n\n{{selection}}',
  },
  { id: 'reply', name: 'Reply', text: 'Write a {{tone}} reply to this message:\n\n{{selection}}' },
];

/** One's own first: they are what one looks for. */
export function allPrompts(own: readonly Prompt[]): Prompt[] {
  return [...own, ...builtInPrompts];
}
