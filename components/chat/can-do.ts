// What can be done with a message at all.
import type { ChatModel } from '../../lib/chat/model.ts';
import type { TurnModel } from '../../lib/chat/turn-list.ts';

/** Asking again makes another version; a translation is begun in its page. */
export function canAskAgain(turn: TurnModel): boolean {
  return turn.kind === 'chat' && !turn.isDamaged;
}

/** An answer that broke, was stopped or ran into its limit has a place to go on from. */
export function canGoOn({ kind, reply }: TurnModel, model: ChatModel, isLast: boolean): boolean {
  if (!isLast || kind !== 'chat' || reply.text.text === '') return false;
  if (model.setup.value?.settings.continuing === 'never') return false;
  return reply.state.value === 'partial' || reply.ending === 'length';
}
