import { asMarkdown } from '../../lib/chat/export.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import { say } from '../../lib/words/say.ts';
import { sayStoreProblem } from '../../lib/words/storage.ts';
import { Icon } from '../Icon.tsx';
import { saveText } from './save-text.ts';

/** What concerns the whole conversation: that it is not stored, and where a text went. */
export function Notes({ model }: { model: ChatModel }) {
  const unsaved = model.unsaved.value;
  const note = model.note.value;
  return (
    <>
      {model.switching.isTemporary.value && (
        <p class="note" data-part="temporary">
          {say('temporaryNote')}
        </p>
      )}
      {unsaved !== null && <Unsaved why={unsaved} model={model} />}
      <p class={note === '' ? 'visually-hidden' : 'note'} aria-live="polite" data-part="note">
        {note}
      </p>
    </>
  );
}

function Unsaved({ why, model }: { why: string; model: ChatModel }) {
  const save = () => saveText('conversation.md', asMarkdown(model.title.peek(), model.turns.peek()));
  return (
    <div class="chat-trouble">
      <div class="trouble" role="alert" data-code="storage">
        <Icon name="alert" />
        <div class="trouble-words">
          <p class="trouble-title">{say('notSaved')}</p>
          <p>{say('staysOnScreen', sayStoreProblem(why))}</p>
        </div>
        <button type="button" class="button trouble-side" onClick={save}>
          {say('exportNow')}
        </button>
      </div>
    </div>
  );
}
