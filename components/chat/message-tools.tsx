// The buttons of messages. A chunk of its own: a conversation is read before anything is done with it.

import { say } from '../../lib/words/say.ts';
import { IconButton } from '../Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import type { TurnProps } from './Message.tsx';
import { MessageActions, type MessageActionsProps } from './MessageActions.tsx';
import { VersionSteps } from './VersionSteps.tsx';

export { RemovedMessage } from './RemovedMessage.tsx';

/** Under a question. */
export function QuestionTools({ turn, model }: Omit<TurnProps, 'isLast'>) {
  const { editing } = model.actions;
  return (
    <span class="actions">
      {turn.kind === 'chat' && !turn.isDamaged && (
        <IconButton small icon="edit" label={say('editIt')} onClick={() => editing.begin(turn.id)} />
      )}
      <CopyButton label={say('copyQuestion')} copy={() => model.actions.copyQuestion(turn.id)} />
    </span>
  );
}

/** Under an answer; while it is written there is only the way to its other versions. */
export function AnswerTools({ isLive, ...props }: MessageActionsProps & { isLive: boolean }) {
  return (
    <span class="answer-tools">
      <VersionSteps turn={props.turn} model={props.model} />
      {!isLive && <MessageActions {...props} />}
    </span>
  );
}
