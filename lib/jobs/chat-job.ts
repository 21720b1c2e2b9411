// One turn of a chat, from the question to the stored answer. It outlives its viewers.
import type { Dialect } from '../engine/dialect.ts';
import { BUSY, StreamError, toTrouble, WORKER_ENDED_BETWEEN } from '../engine/errors.ts';
import { emptyMessage } from '../engine/fold.ts';
import type { RefusalMemo } from '../engine/refused.ts';
import { emptyStats } from '../engine/stats.ts';
import type { Clock } from '../engine/timeouts.ts';
import type { Fetch } from '../engine/transport.ts';
import type { ChatRequest, Timeouts } from '../engine/types.ts';
import { titleFrom } from '../history/title.ts';
import { type Attachments, attachmentsOf } from '../protocol/attachments.ts';
import type { Notice, Params, Turn } from '../protocol/contract.ts';
import { answerTurn, endTurn } from './answer-turn.ts';
import type { Captures } from './captures.ts';
import { goOnWith } from './fall-back.ts';
import { LiveTurn, type LiveTurns } from './live-turns.ts';
import type { Used } from './meter.ts';

/** A model, and what is needed to ask it. */
export interface JobReach {
  baseUrl: string;
  key: string | undefined;
  model: string;
}

export interface JobConnection extends JobReach {
  /** Sent beside the messages. */
  params?: Params;
  /** Asked instead where the model fails before anything was shown. */
  fallback?: JobReach;
  timeouts: Timeouts;
  retries: number;
  continuations: number;
}

export interface JobDeps {
  live: LiveTurns;
  ledger: {
    begin(turn: Turn, title: string, system?: string): Promise<void>;
    save(turn: Turn): Promise<void>;
  };
  /** With what the conversation is asked; without one, with what is in use. */
  expectConnection(conversationId?: string): Promise<JobConnection>;
  dialectFor(baseUrl: string): Dialect;
  refusals: RefusalMemo;
  captures: Captures;
  fetch: Fetch;
  clock: Clock;
  /** Milliseconds since the epoch. */
  now(): number;
  isOnline(): boolean;
  keepAwake(): () => void;
  notify(notice: Notice): void;
  /** Requests were made, and answered or not. */
  used(used: Used): void;
  /** A turn has ended; `isWatched`: somebody saw it. */
  ended(turn: Turn, isWatched: boolean): void;
}

export interface NewTurn extends Attachments {
  id: string;
  conversationId: string;
  parentId: string | null;
  userText: string;
  createdAt: number;
  kind: Turn['kind'];
  language?: string;
  /** The conversation's own instructions from now on. */
  system?: string;
}

/** The request of a turn, made when the model is known. */
export type MakeRequest = (model: string) => ChatRequest;

/**
 * Commits the turn and starts to answer it; resolves when it is committed and can be watched.
 * @throws StreamError `storage` when it cannot be committed (then nothing is sent), `bad-request` when the conversation is busy.
 */
export async function startTurn(deps: JobDeps, input: NewTurn, makeRequest: MakeRequest): Promise<LiveTurn> {
  if (deps.live.isBusy(input.conversationId)) throw new StreamError('bad-request', BUSY);
  const live = new LiveTurn(emptyTurn(input));
  // In the table before the first await: the same turn asked for twice at once must find this one.
  deps.live.add(live);
  const release = deps.keepAwake();
  const connection = await deps.expectConnection(input.conversationId).catch((error: unknown) => error);
  try {
    takeConnection(live.turn, connection);
    await deps.ledger.begin(live.turn, titleFrom(input.userText), input.system);
  } catch (error) {
    finish(deps, live, release);
    throw error;
  }
  run(deps, live, release, connection, makeRequest);
  return live;
}

/**
 * Goes on with a turn that broke; resolves when that is committed and can be watched.
 * @throws StreamError as {@link startTurn}, and `bad-request` for a turn that is not partial
 */
export async function continueTurn(deps: JobDeps, turn: Turn, makeRequest: MakeRequest): Promise<LiveTurn> {
  if (deps.live.isBusy(turn.conversationId)) throw new StreamError('bad-request', BUSY);
  // A turn that ended in the wait before an attempt has nothing under way that would be paid twice.
  const isBetween = turn.trouble?.message === WORKER_ENDED_BETWEEN;
  if ((turn.reply.text === '' && !isBetween) || turn.reply.toolCalls.length > 0)
    throw new StreamError('bad-request', 'There is nothing in this answer to go on from.');
  const live = new LiveTurn(turn);
  deps.live.add(live);
  const release = deps.keepAwake();
  const connection = await deps
    .expectConnection(turn.conversationId)
    .then((found) => goOnWith(turn, found))
    .catch((error: unknown) => error);
  try {
    takeConnection(turn, connection);
    turn.reply.finishReason = null;
    turn.stats.usageIsReal = false;
    live.goOn(null);
    await deps.ledger.save(turn);
  } catch (error) {
    finish(deps, live, release);
    throw error;
  }
  run(deps, live, release, connection, makeRequest);
  return live;
}

function run(
  deps: JobDeps,
  live: LiveTurn,
  release: () => void,
  connection: unknown,
  makeRequest: MakeRequest,
): void {
  const { conversationId, id, kind } = live.turn;
  deps.notify({ type: 'turn-started', conversationId, turnId: id, isAside: kind === 'translation' });
  const answered = isConnection(connection)
    ? answerTurn(deps, live, connection, makeRequest(connection.model))
    : endTurn(deps, live, toTrouble(connection));
  void answered.finally(() => finish(deps, live, release));
}

function finish(deps: JobDeps, live: LiveTurn, release: () => void): void {
  const { isWatched } = live;
  deps.live.remove(live);
  deps.ended(live.turn, isWatched);
  live.end();
  release();
}

function takeConnection(turn: Turn, connection: unknown): void {
  if (!isConnection(connection)) return;
  turn.model = connection.model;
  turn.origin = new URL(connection.baseUrl).origin;
}

function isConnection(value: unknown): value is JobConnection {
  return typeof value === 'object' && value !== null && 'baseUrl' in value;
}

function emptyTurn(input: NewTurn): Turn {
  const { id, conversationId, parentId, userText, createdAt, kind, language } = input;
  return {
    id,
    conversationId,
    parentId,
    kind,
    createdAt,
    userText,
    reply: emptyMessage(),
    seams: [],
    state: 'waiting',
    trouble: null,
    stats: emptyStats(),
    model: '',
    origin: '',
    attempts: [],
    seq: 0,
    ...(language === undefined ? {} : { language }),
    ...attachmentsOf(input),
  };
}
