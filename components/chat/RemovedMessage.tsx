import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { TurnModel } from '../../lib/chat/turn-list.ts';
import { say } from '../../lib/words/say.ts';
import { focusLater, messageOf, messages } from './focus.ts';

/** In the place of a message that was deleted just now: the way to have it back. */
export function RemovedMessage({ turn, model }: { turn: TurnModel; model: ChatModel }) {
  const undo = useRef<HTMLButtonElement>(null);
  const { removal } = model.actions;
  useLayoutEffect(() => {
    undo.current?.focus();
    const before = messages().findLast(
      (message) =>
        message.compareDocumentPosition(undo.current ?? message) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return () =>
      focusLater(() => messageOf(turn.id, 'assistant') ?? (before?.isConnected ? before : undefined));
  }, [turn.id]);
  return (
    <p
      class="removed"
      onMouseEnter={() => removal.hold()}
      onMouseLeave={() => removal.run()}
      onFocusIn={() => removal.hold()}
      onFocusOut={() => removal.run()}
    >
      <span>{say('messageDeleted')}</span>
      <button type="button" class="button" ref={undo} onClick={() => removal.undo()}>
        {say('undo')}
      </button>
    </p>
  );
}
