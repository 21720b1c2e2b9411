import type { RefObject } from 'preact';
import { directionOfBox } from '../../lib/chat/direction.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { Icon } from '../Icon.tsx';

interface ComposerProps {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
  /** Called when a message is on its way. */
  onSend: () => void;
}

/** The message box with Send, which becomes Stop in the same place. */
export function Composer({ model, box, onSend }: ComposerProps) {
  const { draft, busy, setup } = model;
  const send = () => {
    model.send(draft.value);
    if (busy.value) onSend();
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229 is what a key says while an input method is composing, where isComposing is already false (Safari's and old Gecko's order).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!event.repeat) send();
  };
  // The second click of a double click on Send lands on Stop; it was not meant for it.
  const onClick = (event: MouseEvent) => {
    if (!busy.value) send();
    else if (event.detail < 2) model.stop();
  };
  const label = busy.value ? 'Stop' : 'Send';
  return (
    <div class="composer">
      <SelectionChips model={model} box={box} />
      <div class="composer-box">
        {/* The box is eight lines high at most, so it need not be measured with all of a long text. */}
        <div class="grow" data-text={draft.value.slice(0, 4000)}>
          <textarea
            ref={box}
            aria-label="Message"
            placeholder="Message"
            rows={1}
            dir={directionOfBox(draft.value)}
            value={draft.value}
            onInput={(event) => {
              draft.value = event.currentTarget.value;
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div class="composer-line">
          <span class="model-name" title={setup.value?.settings.model}>
            {setup.value?.settings.model}
          </span>
          <button
            type="button"
            class={busy.value ? 'send stop' : 'send'}
            aria-label={label}
            title={label}
            aria-disabled={!busy.value && draft.value.trim() === ''}
            onClick={onClick}
          >
            <Icon name={busy.value ? 'stop' : 'send'} />
          </button>
        </div>
      </div>
    </div>
  );
}

function SelectionChips({ model, box }: Pick<ComposerProps, 'model' | 'box'>) {
  const selection = model.selection.value;
  if (!selection) return null;
  const askAbout = () => {
    model.composing.addSelection();
    // The caret belongs at the end, after the quotation, once the box has the new text.
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(model.draft.value.length, model.draft.value.length);
    });
  };
  return (
    <div class="chips">
      <button
        type="button"
        class="chip"
        title={selection.text.slice(0, 200)}
        onClick={() => void model.translateSelection()}
      >
        <Icon name="translate" /> Translate selection
      </button>
      <button type="button" class="chip" title={selection.text.slice(0, 200)} onClick={askAbout}>
        <Icon name="quote" /> Ask about selection
      </button>
    </div>
  );
}
