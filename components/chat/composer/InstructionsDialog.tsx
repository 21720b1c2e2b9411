import { useSignal } from '@preact/signals';
import type { Composing } from '../../../lib/chat/composing.ts';
import { MAX_SYSTEM } from '../../../lib/protocol/attachments.ts';
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
    <Dialog title="Instructions" close={close}>
      <form class="dialog-form" onSubmit={save}>
        <label for="instructions">For this conversation</label>
        <textarea
          id="instructions"
          class="field"
          rows={5}
          dir="auto"
          maxLength={MAX_SYSTEM}
          placeholder={generalSystem.value}
          aria-describedby="instructions-hint"
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
        <p class="dialog-lead" id="instructions-hint">
          They count from your next message on, in place of the general ones from the settings. Empty: the
          general ones count.
        </p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button primary">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
