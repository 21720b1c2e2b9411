import { IconButton } from '../Button.tsx';
import { later } from '../later.tsx';
import { CopyButton } from './CopyButton.tsx';
import type { TurnProps } from './Message.tsx';

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
      aria-label="Your message"
    >
      {isEdited ? (
        <EditBox edit={edit} model={model} />
      ) : (
        <>
          <div class="user-text" dir="auto">
            {turn.userText}
          </div>
          <footer class="message-foot">
            <span class="actions">
              {turn.kind === 'chat' && !turn.isDamaged && (
                <IconButton small icon="edit" label="Edit" onClick={() => editing.begin(turn.id)} />
              )}
              <CopyButton label="Copy question" copy={() => model.actions.copyQuestion(turn.id)} />
            </span>
          </footer>
        </>
      )}
    </article>
  );
}
