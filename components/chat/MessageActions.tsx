import { useSignal } from '@preact/signals';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { TurnModel } from '../../lib/chat/turn-list.ts';
import { IconButton } from '../Button.tsx';
import type { TurnProps } from './Message.tsx';

/** Asking again replaces the end of the path, so only the last answer offers it; a translation is begun in its page. */
export function canAskAgain(turn: TurnModel, isLast: boolean): boolean {
  return isLast && turn.kind === 'chat' && !turn.isDamaged;
}

/** An answer that broke, was stopped or ran into its limit has a place to go on from. */
export function canGoOn({ kind, reply }: TurnModel, model: ChatModel, isLast: boolean): boolean {
  if (!isLast || kind !== 'chat' || reply.text.text === '') return false;
  if (model.setup.value?.settings.continuing === 'never') return false;
  return reply.state.value === 'partial' || reply.ending === 'length';
}

/** The buttons under an answer that has ended. */
export function MessageActions({ turn, model, isLast }: TurnProps) {
  const isCopied = useSignal(false);
  const state = turn.reply.state.value;
  const trouble = turn.reply.trouble.value;
  const copy = async () => {
    isCopied.value = await model.actions.copy(turn.id);
    setTimeout(() => {
      isCopied.value = false;
    }, 2000);
  };
  return (
    <span class="actions">
      {turn.reply.text.text !== '' && (
        <IconButton small icon={isCopied.value ? 'check' : 'copy'} label="Copy" onClick={() => void copy()} />
      )}
      {canAskAgain(turn, isLast) && state === 'done' && (
        <IconButton
          small
          icon="refresh"
          label="Regenerate"
          onClick={() => model.actions.regenerate(turn.id)}
        />
      )}
      {canGoOn(turn, model, isLast) && (!trouble || trouble.code === 'aborted') && (
        <IconButton small icon="go-on" label="Continue" onClick={() => model.actions.goOn(turn.id)} />
      )}
      {/* A card of trouble has the button itself. */}
      {canAskAgain(turn, isLast) && state !== 'done' && (!trouble || trouble.code === 'aborted') && (
        <IconButton small icon="refresh" label="Retry" onClick={() => model.actions.regenerate(turn.id)} />
      )}
    </span>
  );
}
