import { SentParts } from './composer/LaterParts.tsx';
import type { TurnProps } from './Message.tsx';

/** A question as it was asked. */
export function UserMessage({ turn, model: { composing } }: TurnProps) {
  if (turn.userText === '') return null;
  return (
    <article class="message user" data-role="user" data-state="done" aria-label="Your message">
      <SentParts turn={turn} composing={composing} />
      <div class="user-text" dir="auto">
        {turn.userText}
      </div>
    </article>
  );
}
