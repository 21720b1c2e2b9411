import { useSignal } from '@preact/signals';
import type { Asking, Prompting } from '../../../lib/chat/prompting.ts';
import { directionOfBox } from '../../../lib/words/box-direction.ts';
import { say } from '../../../lib/words/say.ts';
import { Dialog } from './Dialog.tsx';

/** Asks for the variables of a prompt before it goes into the box. */
export function PromptForm({ prompts, asking }: { prompts: Prompting; asking: Asking }) {
  const values = useSignal<Record<string, string>>({});
  const close = () => {
    prompts.asking.value = null;
  };
  const use = (event: Event) => {
    event.preventDefault();
    void prompts.fill(asking.prompt, values.value);
  };
  return (
    <Dialog title={asking.prompt.name} close={close}>
      <form class="dialog-form" onSubmit={use}>
        {asking.names.map((name) => (
          <div key={name} class="dialog-row">
            <label for={`variable-${name}`}>{name}</label>
            <input
              id={`variable-${name}`}
              class="field"
              dir={directionOfBox(values.value[name] ?? '')}
              maxLength={2000}
              value={values.value[name] ?? ''}
              onInput={({ currentTarget }) => {
                values.value = { ...values.value, [name]: currentTarget.value };
              }}
            />
          </div>
        ))}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={close}>
            {say('cancel')}
          </button>
          <button type="submit" class="button primary">
            {say('usePrompt')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
