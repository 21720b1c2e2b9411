import { useLayoutEffect, useRef } from 'preact/hooks';
import { isComposing, sendsMessage } from '../../lib/chat/box-keys.ts';
import type { Edit } from '../../lib/chat/editing.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { directionOfBox } from '../../lib/words/box-direction.ts';
import { focusLater, messageOf } from './focus.ts';
import './edit-box.css';
import { say } from '../../lib/words/say.ts';

/** A question that is written anew, in its place. The old one and its answer stay; the new one stands beside it. */
export function EditBox({ edit, model }: { edit: Edit; model: ChatModel }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const { editing } = model.actions;
  const { turnId, text } = edit;
  // At once: what is typed next belongs here.
  useLayoutEffect(() => {
    const end = text.peek().length;
    box.current?.focus();
    box.current?.setSelectionRange(end, end);
    // Where the box goes, its message has a button again; where the message goes too, the message box takes the focus.
    return () => focusLater(() => messageOf(turnId, 'user')?.querySelector('button') ?? undefined);
  }, [turnId, text]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      // Else the popup would close.
      event.preventDefault();
      event.stopPropagation();
      editing.leave();
    } else if (sendsMessage(event, model.composing.sendWith.value)) {
      event.preventDefault();
      if (!event.repeat) editing.send();
    }
  };
  return (
    <form
      class="edit-box"
      onSubmit={(event) => {
        event.preventDefault();
        editing.send();
      }}
    >
      <div class="grow" data-text={text.value.slice(0, 4000)}>
        <textarea
          ref={box}
          aria-label={say('editMessage')}
          rows={1}
          dir={directionOfBox(text.value)}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div class="edit-line">
        <button type="button" class="button quiet" onClick={() => editing.cancel()}>
          {say('cancel')}
        </button>
        <button type="submit" class="button primary" disabled={text.value.trim() === ''}>
          {say('saveAndSend')}
        </button>
      </div>
    </form>
  );
}
