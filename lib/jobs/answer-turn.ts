// Answers one turn: runs it, hands its steps to the viewers, saves it as it grows, and stores the end before anyone hears of it.
import { type Capture, createCapture } from '../engine/capture.ts';
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import { defaultRetryPolicy } from '../engine/retry.ts';
import { runTurn, type TurnStep } from '../engine/run-turn.ts';
import type { ChatRequest } from '../engine/types.ts';
import type { Turn } from '../protocol/contract.ts';
import type { JobConnection, JobDeps } from './chat-job.ts';
import type { LiveTurn } from './live-turns.ts';
import { createSaver } from './saver.ts';

/** Resolves when the end is stored and told; never rejects. A turn that has text already is gone on with. */
export async function answerTurn(
  deps: JobDeps,
  live: LiveTurn,
  connection: JobConnection,
  request: ChatRequest,
): Promise<void> {
  const { stats } = live.turn;
  // A turn that is gone on with keeps its figures: the time it had counts on.
  const begin = deps.clock.now() - stats.elapsedMs;
  const elapsed = () => deps.clock.now() - begin;
  // Saving in between may fail; the stream goes on, and the last save tells.
  const saver = createSaver(live.turn, deps.ledger.save, () => {});
  const capture = createCapture();
  const run = async (): Promise<Trouble | null> => {
    try {
      if (!deps.isOnline()) throw new StreamError('offline', 'This computer is offline.');
      for await (const step of runSteps(deps, live, connection, request, capture)) {
        takeStep(live, step, elapsed());
        saver.grew();
      }
      return findEmptyAnswer(live.turn);
    } catch (error) {
      return toTrouble(error);
    }
  };
  const trouble = await run();
  stats.elapsedMs = elapsed();
  deps.captures.ended(live.turn.id, trouble, capture, connection.key);
  await endTurn(deps, live, trouble, saver.finish);
}

function runSteps(
  deps: JobDeps,
  live: LiveTurn,
  connection: JobConnection,
  request: ChatRequest,
  capture: Capture,
) {
  const { clock, fetch, refusals } = deps;
  const { baseUrl, key, timeouts, retries, continuations } = connection;
  const dialect = deps.dialectFor(baseUrl);
  return runTurn({
    url: dialect.chatUrl(baseUrl),
    headers: dialect.headers(key),
    secret: key,
    request,
    partial: live.turn.reply.text,
    dialect,
    refusals,
    capture,
    timeouts,
    retry: { ...defaultRetryPolicy, retries },
    continuations,
    random: Math.random,
    fetch,
    clock,
    signal: live.stop.signal,
  });
}

function takeStep(live: LiveTurn, step: TurnStep, elapsedMs: number): void {
  if (step.type === 'retrying') live.retryIn(step.waitMs, step.trouble);
  else if (step.type === 'continuing') live.goOn(step.trouble);
  else {
    live.add(step, elapsedMs);
    const isPayload = step.events.some(({ type }) => type !== 'usage' && type !== 'finish');
    if (isPayload && live.turn.state !== 'streaming') live.setState('streaming');
  }
}

/** Stores the end, and only then tells the viewers. */
export async function endTurn(
  deps: JobDeps,
  live: LiveTurn,
  trouble: Trouble | null,
  save: () => Promise<void> = () => deps.ledger.save(live.turn),
): Promise<void> {
  const { turn } = live;
  const state = trouble === null ? 'done' : hasContent(turn) ? 'partial' : 'failed';
  turn.state = state;
  turn.trouble = trouble;
  // A seam that nothing came after is none.
  turn.seams = turn.seams.filter((offset) => offset < turn.reply.text.length);
  const stored = await save().then(
    () => null,
    (error: unknown) => toTrouble(error),
  );
  live.setState(state, trouble ?? stored);
  deps.notify({ type: 'conversation-changed', conversationId: turn.conversationId });
}

function hasContent({ reply }: Turn): boolean {
  return reply.text !== '' || reply.reasoning !== '' || reply.refusal !== '' || reply.toolCalls.length > 0;
}

function findEmptyAnswer(turn: Turn): Trouble | null {
  return hasContent(turn) ? null : { code: 'bad-data', message: 'The model answered with nothing.' };
}
