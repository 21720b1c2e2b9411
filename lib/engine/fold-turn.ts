// A turn passed on step by step and folded on the way, for what comes after it: checking an answer, running tools.
import { emptyMessage, fold } from './fold.ts';
import type { TurnStep } from './run-turn.ts';
import type { ChatRequest, Message } from './types.ts';
import { untilAborted } from './until-aborted.ts';

/** runTurn with everything but the request given. */
export type Ask = (request: ChatRequest) => AsyncGenerator<TurnStep, void, undefined>;

/**
 * Yields the steps of `turn` and returns its message.
 * @throws what the turn throws; the signal's reason, also where the turn does not listen to it
 */
export async function* foldTurn(
  turn: AsyncGenerator<TurnStep, void, undefined>,
  signal?: AbortSignal,
): AsyncGenerator<TurnStep, Message, undefined> {
  const message = emptyMessage();
  let ended = false;
  try {
    for (;;) {
      const next = turn.next();
      const { done, value } = await (signal ? untilAborted(next, signal) : next);
      if (done) {
        ended = true;
        return message;
      }
      if (value.type === 'batch') fold(message, value.events);
      yield value;
    }
  } finally {
    // Not awaited: a turn that hangs would hang us.
    if (!ended) turn.return().catch(() => {});
  }
}
