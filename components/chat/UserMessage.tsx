import { Parts } from './composer/Parts.tsx';
import type { TurnProps } from './Message.tsx';

/** A question as it was asked. */
export function UserMessage({ turn, model: { composing } }: TurnProps) {
  if (turn.userText === '') return null;
  return (
    <article class="message user" data-role="user" data-state="done" aria-label="Your message">
      <Parts
        images={turn.images}
        context={turn.context}
        composing={composing}
        label="Went with your message"
      />
      <div class="user-text" dir="auto">
        {turn.userText}
      </div>
    </article>
  );
}
