import { say } from '../../lib/words/say.ts';
import { later } from '../later.tsx';
import { SentParts } from './composer/LaterParts.tsx';
import type { TurnProps } from './Message.tsx';

const QuestionTools = later(() => import('./message-tools.tsx').then((module) => module.QuestionTools));
const EditBox = later(() => import('./EditBox.tsx').then((module) => module.EditBox));

/** A question as it was asked, or the box in which it is written anew. */
export function UserMessage({ turn, model, isLast }: TurnProps) {
  if (turn.userText === '') return null;
  const { editing } = model.actions;
  const edit = editing.current.value;
  const isEdited = edit?.turnId === turn.id;
  return (
    <article
      class={`message user${isLast ? ' last' : ''}${isEdited ? ' edited' : ''}`}
      data-role="user"
      data-state="done"
      data-turn={turn.id}
      tabIndex={-1}
      aria-label={say('yourMessage')}
    >
      {isEdited ? (
        <EditBox edit={edit} model={model} />
      ) : (
        <>
          <SentParts turn={turn} composing={model.composing} />
          <div class="user-text" dir="auto">
            {turn.userText}
          </div>
          <footer class="message-foot">
            <QuestionTools turn={turn} model={model} />
          </footer>
        </>
      )}
    </article>
  );
}
