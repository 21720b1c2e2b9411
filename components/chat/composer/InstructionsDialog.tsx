import { useSignal } from '@preact/signals';
import type { Composing } from '../../../lib/chat/composing.ts';
import { MAX_SYSTEM } from '../../../lib/protocol/attachments.ts';
import { directionOfBox } from '../../../lib/words/box-direction.ts';
import { say } from '../../../lib/words/say.ts';
import { Dialog } from './Dialog.tsx';

/** The instructions that this conversation begins with. */
export function InstructionsDialog({ composing, close }: { composing: Composing; close: () => void }) {
  const { drafting, generalSystem } = composing;
  const text = useSignal(drafting.system.peek());
  const save = (event: Event) => {
    event.preventDefault();
    drafting.setSystem(text.value);
    close();
  };
  return (
    <Dialog title={say('instructions')} close={close}>
      <form class="dialog-form" onSubmit={save}>
        <label for="instructions">{say('instructionsHere')}</label>
        <textarea
          id="instructions"
          class="field"
          rows={5}
          dir={directionOfBox(text.value || generalSystem.value)}
          maxLength={MAX_SYSTEM}
          placeholder={generalSystem.value}
          aria-describedby="instructions-hint"
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
        <p class="dialog-lead" id="instructions-hint">
          {say('instructionsHereHint')}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={close}>
            {say('cancel')}
          </button>
          <button type="submit" class="button primary">
            {say('save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
