// The prompts that are there from the beginning.
import type { Prompt } from '../settings/schema.ts';
import { type MessageName, say } from '../words/say.ts';

const known: readonly [id: string, name: MessageName, text: MessageName][] = [
  ['summarise', 'trySummarise', 'prompt_summarise_text'],
  ['explain', 'tryExplain', 'prompt_explain_text'],
  ['rewrite', 'prompt_rewrite', 'prompt_rewrite_text'],
  ['translate', 'prompt_translate', 'prompt_translate_text'],
  ['reply', 'tryReply', 'prompt_reply_text'],
];

/** In the reader's language. */
export function builtInPrompts(): Prompt[] {
  return known.map(([id, name, text]) => ({ id, name: say(name), text: say(text) }));
}

/** One's own first: they are what one looks for. */
export function allPrompts(own: readonly Prompt[]): Prompt[] {
  return [...own, ...builtInPrompts()];
}
