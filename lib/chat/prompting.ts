// Prompts from the library on their way into the message box. The library itself is loaded when it is first wanted.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { SettingsView } from '../protocol/contract.ts';
import type { Prompt } from '../settings/schema.ts';
import type { Attached } from './attached.ts';

export interface PromptingDeps {
  text: Signal<string>;
  setup: ReadonlySignal<SettingsView | null>;
  attached: Attached;
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

const loadLibrary = () => import('./prompt-library.ts');

export class Prompting {
  /** A prompt waits for values; null otherwise. */
  readonly asking: Signal<Asking | null> = signal(null);
  /** Where the caret is to go in the box; null while it is left alone. */
  readonly caret: Signal<number | null> = signal(null);
  /** What was typed behind the slash, while the list of prompts is wanted; null otherwise. */
  readonly filter: ReadonlySignal<string | null> = computed(() => {
    const text = this.deps.text.value;
    return this.dismissed.value === text ? null : (SLASH.exec(text)?.[1] ?? null);
  });
  /** What the list shows; empty where it is not wanted, or not there yet. */
  readonly matches: ReadonlySignal<Prompt[]> = computed(() => {
    const filter = this.filter.value;
    if (filter === null) return [];
    if (!this.match.value) void this.load();
    return this.match.value?.(this.deps.setup.value?.settings.prompts ?? [], filter) ?? [];
  });
  /** Which of the matches Enter takes. */
  readonly active: ReadonlySignal<number> = computed(() =>
    Math.max(0, Math.min(this.chosen.value, this.matches.value.length - 1)),
  );
  private readonly match: Signal<((own: readonly Prompt[], filter: string) => Prompt[]) | null> =
    signal(null);
  private readonly chosen: Signal<number> = signal(0);
  private readonly dismissed: Signal<string | null> = signal(null);
  private readonly deps: PromptingDeps;

  constructor(deps: PromptingDeps) {
    this.deps = deps;
  }

  /** Closes the list; it opens again when something else is typed. */
  dismiss(): void {
    this.dismissed.value = this.deps.text.peek();
  }

  /** What a key does to the list; false where the list is closed, or the key is none of its. */
  press(key: string): boolean {
    const isMissing = this.filter.peek() !== null && this.match.peek() === null;
    if (isMissing && (key === 'Enter' || key === 'Tab')) {
      // Typed faster than the library came: the message is not what is meant.
      void this.load().then(() => this.press(key));
      return true;
    }
    const { length } = this.matches.peek();
    const at = this.active.peek();
    const match = this.matches.peek()[at];
    if (!match) return false;
    if (key === 'Escape') this.dismiss();
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
    const { namesToAsk } = await loadLibrary();
    const names = namesToAsk(prompt.text);
    if (names.length > 0) this.asking.value = { prompt, names };
    else await this.fill(prompt, {});
  }

  /** The same, for one that is there from the beginning. */
  async useBuiltIn(id: string): Promise<void> {
    const { builtInPrompts } = await loadLibrary();
    const prompt = builtInPrompts.find((one) => one.id === id);
    if (prompt) await this.use(prompt);
  }

  /** Puts the prompt into the box; the page and the selection go along as data, not as text of the question. */
  async fill(prompt: Prompt, given: Record<string, string>): Promise<void> {
    this.asking.value = null;
    const { fillIn } = await loadLibrary();
    await fillIn(this.deps, this.caret, prompt, given);
  }

  private async load(): Promise<void> {
    const { findPrompts } = await loadLibrary();
    this.match.value = findPrompts;
  }
}
