// What is done with prompts once one of them is wanted.
import type { Signal } from '@preact/signals';
import { allPrompts } from '../prompts/built-in.ts';
import { matchPrompts } from '../prompts/match-prompts.ts';
import { fillPrompt, variablesOf } from '../prompts/variables.ts';
import type { SettingsView } from '../protocol/contract.ts';
import type { Prompt } from '../settings/schema.ts';
import type { PromptingDeps } from './prompting.ts';

export { builtInPrompts } from '../prompts/built-in.ts';

/** Variables that nobody has to be asked for. */
const GIVEN = ['page', 'selection', 'language'];

export function findPrompts(own: readonly Prompt[], filter: string): Prompt[] {
  return matchPrompts(allPrompts(own), filter);
}

/** The variables that a person has to give a value. */
export function namesToAsk(text: string): string[] {
  return variablesOf(text).filter((name) => !GIVEN.includes(name));
}

/** Puts a prompt into the box, and what it speaks of beside it. */
export async function fillIn(
  { text: box, setup, attached, addSelection }: PromptingDeps,
  caretWanted: Signal<number | null>,
  prompt: Prompt,
  given: Record<string, string>,
): Promise<void> {
  const names = variablesOf(prompt.text);
  const hasSelection = names.includes('selection') && addSelection();
  const { text, caret } = fillPrompt(prompt.text, {
    ...given,
    page: '',
    language: languageName(setup.peek()),
    ...(hasSelection ? { selection: '' } : {}),
  });
  box.value = text;
  caretWanted.value = caret;
  if (names.includes('page')) await attached.addPage();
}

function languageName(setup: SettingsView | null): string {
  const tag = setup?.settings.targetLanguage ?? 'en';
  return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
}
