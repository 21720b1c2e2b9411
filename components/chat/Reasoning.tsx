import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Reply } from '../../lib/chat/reply.ts';
import type { Thinking } from '../../lib/chat/reply-types.ts';
import { say } from '../../lib/words/say.ts';
import { drawing } from './drawing.ts';

interface ReasoningProps {
  reply: Reply;
  thinking: Thinking;
  /** Some models say all they have to say here: nothing else came. */
  isAnswer: boolean;
}

/** What the model thought before it answered: folded, unless it is all there is; drawn only while it is open. */
export function Reasoning({ reply, thinking, isAnswer }: ReasoningProps) {
  const isOpen = useSignal(false);
  return (
    <details
      class="reasoning"
      open={isAnswer || undefined}
      onToggle={(event) => (isOpen.value = event.currentTarget.open)}
    >
      <summary>{titleOf(thinking)}</summary>
      {isOpen.value && <ReasoningText reply={reply} />}
    </details>
  );
}

function ReasoningText({ reply }: { reply: Reply }) {
  const root = useRef<HTMLDivElement>(null);
  const draw = drawing.value?.drawPlainText;
  useLayoutEffect(() => (root.current ? draw?.(root.current, reply.reasoning) : undefined), [reply, draw]);
  return <div class="reasoning-text" dir="auto" ref={root} />;
}

function titleOf(thinking: Thinking): string {
  if (thinking.active) return say('thinkingNow');
  if (thinking.ms === null) return say('reasoningTitle');
  return say('thoughtFor', Math.max(1, Math.round(thinking.ms / 1000)));
}
