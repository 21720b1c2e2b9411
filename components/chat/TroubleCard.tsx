import { useSignal } from '@preact/signals';
import type { ErrorCode, Trouble } from '../../lib/engine/errors.ts';
import { say } from '../../lib/words/say.ts';
import { wordsFor } from '../../lib/words/trouble.ts';
import { Icon } from '../Icon.tsx';
import { saveText } from './save-text.ts';

interface TroubleCardProps {
  trouble: Trouble;
  host: string;
  openOptions: () => void;
  newChat: () => void;
  /** Opens the list of models. */
  chooseModel: () => void;
  /** Absent where there is nothing to go on from. */
  goOn?: (() => void) | undefined;
  /** Absent where nothing can be asked again. */
  retry?: (() => void) | undefined;
  /** Leaves what is there as it is; absent where nothing is. */
  keep?: (() => void) | undefined;
  findCapture?: FindCapture | undefined;
}

/** What the server sent; null where it is not kept. Asked for when somebody looks into the details, and not before. */
type FindCapture = () => Promise<string | null>;

/** What went wrong, at the place where the answer would be: what happened, the one next action, and the server's words folded. */
export function TroubleCard(props: TroubleCardProps) {
  const { trouble, host, openOptions, newChat, chooseModel, goOn, retry, keep, findCapture } = props;
  const words = wordsFor(trouble, host === '' ? {} : { host });
  const action = actionOf(words.action, { openOptions, newChat, chooseModel, goOn, retry });
  return (
    <div class="trouble" role="alert" data-code={trouble.code}>
      <Icon name="alert" />
      <div class="trouble-words">
        <p class="trouble-title">{words.title}</p>
        {words.hint && <p>{words.hint}</p>}
        <div class="trouble-actions">
          {action && (
            <button type="button" class="button primary" onClick={action.run}>
              {action.label ?? words.actionLabel}
            </button>
          )}
          {goOn && action?.run !== goOn && (
            <button type="button" class="button" onClick={goOn}>
              {say('goOn')}
            </button>
          )}
          {retry && action?.run !== retry && (
            <button type="button" class="button" onClick={retry}>
              {say('retry')}
            </button>
          )}
          {keep && (
            <button type="button" class="button" title={say('keepAnswerHint')} onClick={keep}>
              {say('keepAnswer')}
            </button>
          )}
        </div>
        <Details trouble={trouble} findCapture={findCapture} />
      </div>
    </div>
  );
}

function Details({ trouble, findCapture }: Pick<TroubleCardProps, 'trouble' | 'findCapture'>) {
  const stream = useSignal<string | null>(null);
  const look = async (isOpen: boolean) => {
    stream.value = isOpen && findCapture ? await findCapture() : null;
  };
  return (
    <details class="trouble-details" onToggle={(event) => void look(event.currentTarget.open)}>
      <summary>{say('details')}</summary>
      <p>
        <code>{trouble.code}</code>
        {trouble.status !== undefined && <> · {say('statusIs', String(trouble.status))}</>}
      </p>
      {trouble.message && <p dir="auto">{trouble.message}</p>}
      {stream.value !== null && <SaveStream code={trouble.code} text={stream.value} />}
    </details>
  );
}

function SaveStream({ code, text }: { code: ErrorCode; text: string }) {
  return (
    <button
      type="button"
      class="button quiet"
      title={say('saveStreamHint')}
      onClick={() => saveText(`runnel-stream-${code}.sse`, text)}
    >
      {say('saveStream')}
    </button>
  );
}

interface Action {
  label?: string;
  run: () => void;
}

function actionOf(
  action: ReturnType<typeof wordsFor>['action'],
  can: Pick<TroubleCardProps, 'openOptions' | 'newChat' | 'chooseModel' | 'goOn' | 'retry'>,
): Action | undefined {
  switch (action) {
    case 'open-settings':
    case 'grant':
      return { run: can.openOptions };
    case 'choose-model':
      return { run: can.chooseModel };
    case 'new-chat':
      return { run: can.newChat, label: say('startNewChat') };
    case 'continue':
      if (can.goOn) return { run: can.goOn };
      return can.retry && { run: can.retry, label: say('retry') };
    case 'retry':
      return can.retry && { run: can.retry, label: say('retry') };
    case 'none':
      return undefined;
  }
}
