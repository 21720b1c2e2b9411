// Prompts from the library on their way into the message box.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { allPrompts, builtInPrompts } from '../prompts/built-in.ts';
import { matchPrompts } from '../prompts/match-prompts.ts';
import { fillPrompt, variablesOf } from '../prompts/variables.ts';
import type { SettingsView } from '../protocol/contract.ts';
import type { Prompt } from '../settings/schema.ts';
import { wordsLanguage } from '../words/say.ts';

export interface PromptingDeps {
  text: Signal<string>;
  /** Where the caret is to go in the box. */
  caret: Signal<number | null>;
  setup: ReadonlySignal<SettingsView | null>;
  addPage(): Promise<void>;
  /** False where it is known that there is no page to be read: prompts about one are not offered. */
  canReadPage?(): boolean;
  /** Adds what is selected in the page; returns whether anything is. */
  addSelection(): boolean;
}

/** A prompt whose own variables are being asked for. */
export interface Asking {
  prompt: Prompt;
  /** Names, in lower case. */
  names: string[];
}

/** A slash and at most a few words, as the only thing in the box. */
const SLASH = /^\/([^\n/]{0,40})$/;
/** Variables that nobody has to be asked for. */
const GIVEN = ['page', 'selection', 'language'];

export class Prompting {
  /** A prompt waits for values; null otherwise. */
  readonly asking: Signal<Asking | null> = signal(null);
  /** What was typed behind the slash, while the list of prompts is wanted; null otherwise. */
  readonly filter: ReadonlySignal<string | null> = computed(() => {
    const text = this.deps.text.value;
    return this.dismissed.value === text ? null : (SLASH.exec(text)?.[1] ?? null);
  });
  /** What the list shows; empty where it is not wanted. */
  readonly matches: ReadonlySignal<Prompt[]> = computed(() => {
    const filter = this.filter.value;
    const own = this.deps.setup.value?.settings.prompts ?? [];
    if (filter === null) return [];
    const canReadPage = this.deps.canReadPage?.() ?? true;
    const isOffered = ({ text }: Prompt) => canReadPage || !variablesOf(text).includes('page');
    return matchPrompts(allPrompts(own).filter(isOffered), filter);
  });
  /** Which of the matches Enter takes. */
  readonly active: ReadonlySignal<number> = computed(() =>
    Math.max(0, Math.min(this.chosen.value, this.matches.value.length - 1)),
  );
  private readonly chosen: Signal<number> = signal(0);
  private readonly dismissed: Signal<string | null> = signal(null);
  private readonly deps: PromptingDeps;

  constructor(deps: PromptingDeps) {
    this.deps = deps;
  }

  /** What a key does to the list; false where the list is closed, or the key is none of its. */
  press(key: string): boolean {
    const { length } = this.matches.peek();
    const at = this.active.peek();
    const match = this.matches.peek()[at];
    if (!match) return false;
    // It opens again when something else is typed.
    if (key === 'Escape') this.dismissed.value = this.deps.text.peek();
    else if (key === 'Enter' || key === 'Tab') void this.use(match);
    else if (key === 'ArrowDown') this.chosen.value = (at + 1) % length;
    else if (key === 'ArrowUp') this.chosen.value = (at + length - 1) % length;
    else return false;
    return true;
  }

  /** Asks for the prompt's own variables where it has any, else puts it into the box. */
  async use(prompt: Prompt): Promise<void> {
    this.chosen.value = 0;
    if (SLASH.test(this.deps.text.peek())) this.deps.text.value = '';
    const names = variablesOf(prompt.text).filter((name) => !GIVEN.includes(name));
    if (names.length > 0) this.asking.value = { prompt, names };
    else await this.fill(prompt, {});
  }

  /** The same, for one that is there from the beginning. */
  async useBuiltIn(id: string): Promise<void> {
    const prompt = builtInPrompts().find((one) => one.id === id);
    if (prompt) await this.use(prompt);
  }

  /** Puts the prompt into the box; the page and the selection go along as data, not as text of the question. */
  async fill(prompt: Prompt, given: Record<string, string>): Promise<void> {
    this.asking.value = null;
    const names = variablesOf(prompt.text);
    const hasSelection = names.includes('selection') && this.deps.addSelection();
    const { text, caret } = fillPrompt(prompt.text, {
      ...given,
      page: '',
      language: languageName(this.deps.setup.peek()),
      ...(hasSelection ? { selection: '' } : {}),
    });
    this.deps.text.value = text;
    this.deps.caret.value = caret;
    if (names.includes('page')) await this.deps.addPage();
  }
}

function languageName(setup: SettingsView | null): string {
  const tag = setup?.settings.targetLanguage ?? 'en';
  return new Intl.DisplayNames(wordsLanguage(), { type: 'language' }).of(tag) ?? tag;
}
