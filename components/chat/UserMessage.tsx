import type { TurnProps } from './Message.tsx';

/** A question as it was asked. */
export function UserMessage({ turn }: TurnProps) {
  if (turn.userText === '') return null;
  return (
    <article
      class="message user"
      data-role="user"
      data-turn={turn.id}
      data-state="done"
      aria-label="Your message"
    >
      <div class="user-text" dir="auto">
        {turn.userText}
      </div>
    </article>
  );
}
