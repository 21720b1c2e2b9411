// A turn whose model failed before it showed anything is asked once more, of the model that the settings name for that.
import type { ErrorCode, Trouble } from '../engine/errors.ts';
import type { Turn } from '../protocol/contract.ts';
import type { JobConnection } from './chat-job.ts';
import type { LiveTurn } from './live-turns.ts';

/** What another model may not fail at. Keys, permissions and quotas are the user's to mend, and must not be passed over in silence. */
const OF_THE_MODEL: ReadonlySet<ErrorCode> = new Set([
  'server',
  'overloaded',
  'rate-limited',
  'model-not-found',
  'timeout-connect',
  'timeout-first-token',
]);

export function mayFallBack({ turn, stop }: LiveTurn, trouble: Trouble): boolean {
  const { text, reasoning, refusal, toolCalls } = turn.reply;
  const isEmpty = text === '' && reasoning === '' && refusal === '' && toolCalls.length === 0;
  return isEmpty && !stop.signal.aborted && OF_THE_MODEL.has(trouble.code);
}

/**
 * With what a turn is gone on with: where the fall-back model wrote it, that one, as long as it still is the fall-back. Nobody else knows
 * what it had in mind, and the model that failed has most likely not recovered.
 */
export function goOnWith(turn: Turn, connection: JobConnection): JobConnection {
  const { fallback, ...rest } = connection;
  if (!fallback || !turn.attempts.some(({ model }) => model !== undefined)) return connection;
  const isWriter = fallback.model === turn.model && new URL(fallback.baseUrl).origin === turn.origin;
  return isWriter ? { ...rest, ...fallback } : connection;
}

/** Makes the turn one of the other model; the requests so far keep the name of theirs. */
export function fallBack(live: LiveTurn, to: { baseUrl: string; model: string }): void {
  const { turn } = live;
  const { model } = turn;
  turn.attempts = turn.attempts.map((attempt) => ({ ...attempt, model }));
  turn.model = to.model;
  turn.origin = new URL(to.baseUrl).origin;
  turn.stats.retries++;
  turn.state = 'waiting';
  turn.trouble = null;
  live.showAgain();
}
