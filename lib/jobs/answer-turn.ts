// Answers one turn: runs it, hands its steps to the viewers, saves it as it grows, and stores the end before anyone hears of it.
import { type Capture, createCapture } from '../engine/capture.ts';
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import { defaultRetryPolicy } from '../engine/retry.ts';
import { runTurn, type TurnStep } from '../engine/run-turn.ts';
import type { ChatRequest } from '../engine/types.ts';
import type { Attempt, Turn } from '../protocol/contract.ts';
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
  const saver = createSaver(
    live.turn,
    (turn) => deps.ledger.save(turn),
    () => {},
  );
  const recorded = recordAttempts(deps, live, saver.saveNow);
  const capture = createCapture();
  const run = async (): Promise<Trouble | null> => {
    try {
      if (!deps.isOnline()) throw new StreamError('offline', 'This computer is offline.');
      for await (const step of runSteps(
        { ...deps, fetch: recorded.fetch },
        live,
        connection,
        request,
        capture,
      )) {
        if (step.type !== 'batch') {
          recorded.ended(step.trouble);
          // Stored before it is told: what a viewer has seen of a wait must hold when the worker dies in it.
          live.turn.state = step.type;
          await saver.saveNow();
        }
        takeStep(live, step, elapsed());
        if (step.type !== 'batch') continue;
        if (step.events.some(({ type }) => type === 'finish')) void saver.saveNow();
        else saver.grew();
      }
      return findEmptyAnswer(live.turn);
    } catch (error) {
      return toTrouble(error);
    }
  };
  const trouble = await run();
  recorded.ended(trouble);
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

/** Keeps account of every request: what a worker knew when it died decides what may be asked again. */
function recordAttempts(deps: JobDeps, live: LiveTurn, save: () => Promise<void>) {
  const { turn } = live;
  const fetch: JobDeps['fetch'] = async (url, init) => {
    const attempt: Attempt = { at: deps.now(), status: null, code: null };
    turn.attempts = [...turn.attempts, attempt].slice(-MAX_ATTEMPTS);
    // From here on the server may be at work; the first time the turn has just been committed as such.
    if (turn.state === 'retrying') {
      live.setState(turn.reply.text === '' ? 'waiting' : 'continuing');
      await save();
    }
    const response = await deps.fetch(url, init);
    attempt.status = response.status;
    void save();
    return response;
  };
  const ended = (trouble: Trouble | null) => {
    const last = turn.attempts.at(-1);
    if (last) last.code = trouble?.code ?? null;
  };
  return { fetch, ended };
}

const MAX_ATTEMPTS = 50;

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
  live.endThoughts();
  // A seam that nothing came after is none.
  turn.seams = turn.seams.filter((offset) => offset < turn.reply.text.length);
  // What the disk refuses is kept in memory, and said once for the whole history.
  await save().catch(() => {});
  live.setState(state, trouble);
  deps.notify({ type: 'conversation-changed', conversationId: turn.conversationId });
}

function hasContent({ reply }: Turn): boolean {
  return reply.text !== '' || reply.reasoning !== '' || reply.refusal !== '' || reply.toolCalls.length > 0;
}

function findEmptyAnswer(turn: Turn): Trouble | null {
  return hasContent(turn) ? null : { code: 'bad-data', message: 'The model answered with nothing.' };
}
