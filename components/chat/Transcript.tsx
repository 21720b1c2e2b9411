import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { TurnModel } from '../../lib/chat/turn-model.ts';
import { say } from '../../lib/words/say.ts';
import { Icon } from '../Icon.tsx';
import { drawing } from './drawing.ts';
import { EmptyState } from './EmptyState.tsx';
import { TurnMessages } from './Message.tsx';
import { type Sticking, stickToBottom } from './stick-to-bottom.ts';
import { useGoTo } from './use-go-to.ts';
import { useGradually } from './use-gradually.ts';

const NONE: readonly TurnModel[] = [];

interface TranscriptProps {
  model: ChatModel;
  /** Filled with the way to the end of the transcript. */
  sticking: RefObject<Sticking | null>;
}

/** The conversation, its end held in sight while the reader is there. */
export function Transcript({ model, sticking }: TranscriptProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return;
    const made = stickToBottom(scroller.current, content.current, atEnd);
    sticking.current = made;
    return () => made.dispose();
  }, [atEnd, sticking]);
  const canDraw = drawing.value !== null;
  const turns = canDraw ? model.turns.value : NONE;
  const hidden = useGradually(turns.length, canDraw && model.loaded.value);
  useGoTo(model, scroller, atEnd, hidden);
  // It would lie over the buttons of a question that is written anew.
  const canJump = !atEnd.value && turns.length > 0 && model.actions.editing.current.value === null;
  return (
    <div class="transcript-frame">
      {/* Not a live region itself: word by word nobody can follow. The status below it says when an answer is complete. */}
      <div
        class="transcript"
        role="log"
        aria-label={say('conversationLog')}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        ref={scroller}
      >
        <div class="transcript-content" ref={content}>
          {turns.slice(hidden).map((turn) => (
            <TurnMessages key={turn.id} turn={turn} model={model} isLast={turn === turns.at(-1)} />
          ))}
          {model.loaded.value && model.turns.value.length === 0 && <EmptyState model={model} />}
        </div>
      </div>
      {canJump && (
        <button type="button" class="button jump" onClick={() => sticking.current?.toEnd()}>
          <Icon name="arrow-down" /> {say('jumpToLatest')}
        </button>
      )}
    </div>
  );
}
