import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { OwnPrompts } from '../../lib/options/own-prompts.ts';
import { builtInPrompts } from '../../lib/prompts/built-in.ts';
import type { Prompt } from '../../lib/settings/schema.ts';
import { directionOfBox } from '../../lib/words/box-direction.ts';
import { say } from '../../lib/words/say.ts';

/** One's own prompts, and the ones that are there from the beginning. */
export function PromptsEditor({ prompts }: { prompts: OwnPrompts }) {
  const add = useRef<HTMLButtonElement>(null);
  const edited = prompts.edited.value;
  // The form goes; the focus must not be lost with it.
  const close = () => {
    prompts.cancel();
    requestAnimationFrame(() => add.current?.focus());
  };
  return (
    <fieldset class="prompts-editor">
      <legend>{say('prompts')}</legend>
      <p class="hint">{say('promptsHint')}</p>
      {prompts.list.value.length > 0 && <OwnList prompts={prompts} add={add} />}
      {edited ? (
        <PromptFields key={edited.id} prompts={prompts} edited={edited} close={close} />
      ) : (
        <div class="label-line">
          <button
            type="button"
            class="button"
            ref={add}
            disabled={prompts.isFull.value}
            onClick={() => prompts.add()}
          >
            {say('addAPrompt')}
          </button>
          <span aria-live="polite">{prompts.note.value}</span>
        </div>
      )}
      <details>
        <summary>{say('builtInPrompts')}</summary>
        <dl>
          {builtInPrompts().map(({ id, name, text }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd class="hint">{text}</dd>
            </div>
          ))}
        </dl>
      </details>
    </fieldset>
  );
}

interface OwnListProps {
  prompts: OwnPrompts;
  /** Where the focus goes when the prompt that has it is deleted. */
  add: RefObject<HTMLButtonElement | null>;
}

function OwnList({ prompts, add }: OwnListProps) {
  const list = prompts.list.value;
  const remove = async (id: string) => {
    await prompts.remove(id);
    add.current?.focus();
  };
  return (
    <ul>
      {list.map((prompt, index) => (
        <li key={prompt.id}>
          <span dir="auto">{prompt.name}</span>
          <Small
            label={say('moveUp', prompt.name)}
            isOff={index === 0}
            run={() => prompts.move(prompt.id, -1)}
          >
            ↑
          </Small>
          <Small
            label={say('moveDown', prompt.name)}
            isOff={index === list.length - 1}
            run={() => prompts.move(prompt.id, 1)}
          >
            ↓
          </Small>
          <Small label={say('editNamed', prompt.name)} run={() => prompts.edit(prompt)}>
            {say('editIt')}
          </Small>
          <Small label={say('deleteNamed', prompt.name)} run={() => remove(prompt.id)}>
            {say('deleteIt')}
          </Small>
        </li>
      ))}
    </ul>
  );
}

interface SmallProps {
  label: string;
  isOff?: boolean;
  run: () => unknown;
  children: string;
}

/** Stays reachable where it does nothing, so that the focus is not lost at the end of the list. */
function Small({ label, isOff = false, run, children }: SmallProps) {
  return (
    <button
      type="button"
      class="button quiet"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      onClick={() => !isOff && run()}
    >
      {children}
    </button>
  );
}

interface PromptFieldsProps {
  prompts: OwnPrompts;
  edited: Prompt;
  close: () => void;
}

function PromptFields({ prompts, edited, close }: PromptFieldsProps) {
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => name.current?.focus(), []);
  const change = (part: Partial<Prompt>) => {
    prompts.edited.value = { ...edited, ...part };
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (await prompts.save()) close();
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <div class="row">
        <label for="prompt-name">{say('promptName')}</label>
        <input
          id="prompt-name"
          class="field"
          ref={name}
          required
          maxLength={100}
          dir={directionOfBox(edited.name)}
          value={edited.name}
          onInput={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      </div>
      <div class="row">
        <label for="prompt-text">{say('promptText')}</label>
        <textarea
          id="prompt-text"
          class="field"
          rows={4}
          required
          maxLength={20_000}
          dir={directionOfBox(edited.text)}
          aria-describedby="prompt-text-hint"
          value={edited.text}
          onInput={({ currentTarget }) => change({ text: currentTarget.value })}
        />
        <p class="hint" id="prompt-text-hint">
          {say('promptTextHint')}
        </p>
      </div>
      <div class="label-line">
        <button type="submit" class="button primary">
          {say('savePrompt')}
        </button>
        <button type="button" class="button" onClick={close}>
          {say('cancel')}
        </button>
      </div>
    </form>
  );
}
