// One's own prompts: add, change, put in order, delete. Each step is saved at once.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { MAX_PROMPTS, type Prompt } from '../settings/schema.ts';
import { say } from '../words/say.ts';
import { problemFrom } from './outcome.ts';
import type { SavedParts } from './saved-setting.ts';

export interface OwnPrompts {
  list: ReadonlySignal<Prompt[]>;
  /** The one that is written or changed; its id is empty while it is new. */
  edited: Signal<Prompt | null>;
  /** What was just done, in a word. */
  note: Signal<string>;
  /** No more can be added. */
  isFull: ReadonlySignal<boolean>;
  add(): void;
  edit(prompt: Prompt): void;
  cancel(): void;
  /** Saves the one that is edited; resolves with whether it could be. Never rejects: the problem is shown. */
  save(): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Towards the beginning or the end of the list. */
  move(id: string, by: -1 | 1): Promise<void>;
}

export function createOwnPrompts({ view, outcome, write }: SavedParts): OwnPrompts {
  const list = computed(() => view.value?.settings.prompts ?? []);
  const edited: OwnPrompts['edited'] = signal(null);
  const note = signal('');

  async function change(how: (prompts: Prompt[]) => Prompt[], done: string): Promise<boolean> {
    note.value = '';
    try {
      await write(({ prompts }) => ({ prompts: how(prompts) }));
      note.value = done;
      if (outcome.problem.value?.place === 'chat') outcome.clear();
      return true;
    } catch (error) {
      outcome.show(problemFrom(error, 'chat'));
      return false;
    }
  }

  return {
    list,
    edited,
    note,
    isFull: computed(() => list.value.length >= MAX_PROMPTS),
    add() {
      edited.value = { id: '', name: '', text: '' };
    },
    edit(prompt) {
      edited.value = prompt;
    },
    cancel() {
      edited.value = null;
    },
    async save() {
      const prompt = edited.peek();
      if (!prompt || prompt.name.trim() === '' || prompt.text.trim() === '') return false;
      const isSaved = await change((prompts) => withPrompt(prompts, prompt), say('saved'));
      if (isSaved) edited.value = null;
      return isSaved;
    },
    async remove(id) {
      await change((prompts) => prompts.filter((prompt) => prompt.id !== id), say('deleted'));
    },
    async move(id, by) {
      await change((prompts) => moved(prompts, id, by), say('moved'));
    },
  };
}

function withPrompt(prompts: readonly Prompt[], edited: Prompt): Prompt[] {
  const prompt = { ...edited, name: edited.name.trim(), text: edited.text.trim() };
  if (prompts.some(({ id }) => id === prompt.id))
    return prompts.map((other) => (other.id === prompt.id ? prompt : other));
  return [...prompts, { ...prompt, id: crypto.randomUUID() }].slice(0, MAX_PROMPTS);
}

function moved(prompts: readonly Prompt[], id: string, by: -1 | 1): Prompt[] {
  const from = prompts.findIndex((prompt) => prompt.id === id);
  const prompt = prompts[from];
  const to = from + by;
  if (!prompt || to < 0 || to >= prompts.length) return [...prompts];
  const others = prompts.filter((other) => other !== prompt);
  return [...others.slice(0, to), prompt, ...others.slice(to)];
}
