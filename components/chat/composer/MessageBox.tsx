import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { isComposing, recallDirection, sendsMessage } from '../../../lib/chat/box-keys.ts';
import { directionOfBox } from '../../../lib/chat/direction.ts';
import type { ChatModel } from '../../../lib/chat/model.ts';

interface MessageBoxProps {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
  send: () => void;
}

/** The text of the message. It grows to eight lines. */
export function MessageBox({ model, box, send }: MessageBoxProps) {
  const { draft, composing } = model;
  const { prompts, attached } = composing;
  useCaret(model, box);
  const isListOpen = prompts.matches.value.length > 0;
  return (
    // The box is eight lines high at most, so it need not be measured with all of a long text.
    <div class="grow" data-text={draft.value.slice(0, 4000)}>
      <textarea
        ref={box}
        aria-label="Message"
        aria-autocomplete="list"
        aria-controls={isListOpen ? 'prompts' : undefined}
        aria-activedescendant={isListOpen ? `prompt-${prompts.active.value}` : undefined}
        placeholder={attached.isEmpty.value ? 'Message' : 'Ask about it'}
        rows={1}
        dir={directionOfBox(draft.value)}
        value={draft.value}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => onKeyDown(event, model, send)}
        onPaste={(event) => onPaste(event, model)}
      />
    </div>
  );
}

function onKeyDown(
  event: KeyboardEvent & { currentTarget: HTMLTextAreaElement },
  model: ChatModel,
  send: () => void,
): void {
  const { draft, composing } = model;
  if (!isComposing(event) && !event.shiftKey && composing.prompts.press(event.key)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (sendsMessage(event, composing.sendWith.value)) {
    event.preventDefault();
    if (!event.repeat) send();
    return;
  }
  const direction = recallDirection(event, event.currentTarget);
  const recalled = direction && composing.recall.step(direction, draft.value);
  if (recalled === undefined) return;
  event.preventDefault();
  draft.value = recalled;
  // At the start, so that the next arrow goes on; at once, because a key that is held down does not wait for the next frame.
  event.currentTarget.value = recalled;
  event.currentTarget.setSelectionRange(0, 0);
}

/** What comes from a spreadsheet is there as text and as an image; the text is what is meant. */
function onPaste(event: ClipboardEvent, { composing }: ChatModel): void {
  const pasted = event.clipboardData;
  if (!pasted || pasted.files.length === 0 || pasted.types.includes('text/plain')) return;
  event.preventDefault();
  void composing.attached.addFiles([...pasted.files]);
}

/** Puts the caret where the view model wants it, once the box has the new text. */
function useCaret({ composing }: ChatModel, box: RefObject<HTMLTextAreaElement | null>): void {
  useSignalEffect(() => {
    const caret = composing.prompts.caret.value;
    if (caret === null) return;
    requestAnimationFrame(() => {
      composing.prompts.caret.value = null;
      box.current?.focus();
      box.current?.setSelectionRange(caret, caret);
    });
  });
}
