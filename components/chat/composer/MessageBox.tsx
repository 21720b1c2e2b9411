import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { sendsMessage } from '../../../lib/chat/box-keys.ts';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { directionOfBox } from '../../../lib/words/box-direction.ts';
import { say } from '../../../lib/words/say.ts';

interface MessageBoxProps {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
  send: () => void;
}

/** The text of the message. It grows to eight lines. */
export function MessageBox({ model, box, send }: MessageBoxProps) {
  const { draft, composing } = model;
  const { attached } = composing;
  const prompts = composing.aids.value?.prompts;
  useCaret(model, box);
  const isListOpen = prompts !== undefined && prompts.matches.value.length > 0;
  return (
    // The box is eight lines high at most, so it need not be measured with all of a long text.
    <div class="grow" data-text={draft.value.slice(0, 4000)}>
      <textarea
        ref={box}
        aria-label={say('message')}
        aria-autocomplete="list"
        aria-controls={isListOpen ? 'prompts' : undefined}
        aria-activedescendant={isListOpen ? `prompt-${prompts.active.value}` : undefined}
        placeholder={attached.isEmpty.value ? say('message') : say('askAboutIt')}
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
  { composing }: ChatModel,
  send: () => void,
): void {
  const box = event.currentTarget;
  const aids = composing.aids.value;
  // Typed faster than the list came, Enter still means a prompt, not the message.
  const isEarly = !aids && (event.key === 'Enter' ? box.value.startsWith('/') : event.key === 'ArrowUp');
  if (isEarly) void composing.withAids().then(({ press }) => press(event, box));
  if (aids?.press(event, box) || (isEarly && event.key === 'Enter')) {
    event.preventDefault();
    event.stopPropagation();
  } else if (sendsMessage(event, composing.sendWith.value)) {
    event.preventDefault();
    if (!event.repeat) send();
  }
}

/** What comes from a spreadsheet is there as text and as an image; the text is what is meant. */
function onPaste(event: ClipboardEvent, { composing }: ChatModel): void {
  const pasted = event.clipboardData;
  if (!pasted || pasted.files.length === 0 || pasted.types.includes('text/plain')) return;
  event.preventDefault();
  void composing.addFiles([...pasted.files]);
}

/** Puts the caret where the view model wants it, once the box has the new text. */
function useCaret({ composing }: ChatModel, box: RefObject<HTMLTextAreaElement | null>): void {
  useSignalEffect(() => {
    const caret = composing.caret.value;
    if (caret === null) return;
    requestAnimationFrame(() => {
      composing.caret.value = null;
      box.current?.focus();
      box.current?.setSelectionRange(caret, caret);
    });
  });
}
