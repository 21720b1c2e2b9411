// One turn of a chat, from the question to the stored answer. It outlives its viewers.
import type { Dialect } from '../engine/dialect.ts';
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import { emptyMessage } from '../engine/fold.ts';
import { once } from '../engine/retry.ts';
import { runTurn } from '../engine/run-turn.ts';
import { emptyStats } from '../engine/stats.ts';
import type { Clock } from '../engine/timeouts.ts';
import type { Fetch } from '../engine/transport.ts';
import type { ChatRequest, Timeouts } from '../engine/types.ts';
import type { Notice, Turn } from '../protocol/contract.ts';
import { LiveTurn, type LiveTurns } from './live-turns.ts';
import { createSaver } from './saver.ts';

export interface JobConnection {
  baseUrl: string;
  key: string | undefined;
  model: string;
  timeouts: Timeouts;
}

export interface JobDeps {
  live: LiveTurns;
  ledger: {
    begin(turn: Turn, title: string): Promise<void>;
    save(turn: Turn): Promise<void>;
  };
  expectConnection(): Promise<JobConnection>;
  dialect: Dialect;
  fetch: Fetch;
  clock: Clock;
  isOnline(): boolean;
  keepAwake(): () => void;
  notify(notice: Notice): void;
}

export interface NewTurn {
  id: string;
  conversationId: string;
  parentId: string | null;
  userText: string;
  createdAt: number;
  kind: Turn['kind'];
  language?: string;
}

/** The request of a turn, made when the model is known. */
export type MakeRequest = (model: string) => ChatRequest;

/**
 * Commits the turn and starts to answer it; resolves when it is committed and can be watched.
 * @throws StreamError `storage` when it cannot be committed (then nothing is sent), `bad-request` when the conversation is busy.
 */
export async function startTurn(deps: JobDeps, input: NewTurn, makeRequest: MakeRequest): Promise<LiveTurn> {
  if (deps.live.isBusy(input.conversationId))
    throw new StreamError('bad-request', 'An answer is still being written in this conversation.');
  const live = new LiveTurn(emptyTurn(input));
  // In the table before the first await: the same turn asked for twice at once must find this one.
  deps.live.add(live);
  const release = deps.keepAwake();
  const connection = await deps.expectConnection().catch((error: unknown) => error);
  try {
    if (isConnection(connection)) live.turn.model = connection.model;
    await deps.ledger.begin(live.turn, titleOf(input.userText));
  } catch (error) {
    finish(deps, live, release);
    throw error;
  }
  deps.notify({ type: 'turn-started', conversationId: input.conversationId, turnId: input.id });
  const answered = isConnection(connection)
    ? answer(deps, live, connection, makeRequest(connection.model))
    : end(deps, live, toTrouble(connection));
  void answered.finally(() => finish(deps, live, release));
  return live;
}

function finish(deps: JobDeps, live: LiveTurn, release: () => void): void {
  deps.live.remove(live);
  live.end();
  release();
}

async function answer(
  deps: JobDeps,
  live: LiveTurn,
  connection: JobConnection,
  request: ChatRequest,
): Promise<void> {
  const { dialect, clock } = deps;
  const begin = clock.now();
  // Saving in between may fail; the stream goes on, and the last save tells.
  const saver = createSaver(live.turn, deps.ledger.save, () => {});
  try {
    if (!deps.isOnline()) throw new StreamError('offline', 'This computer is offline.');
    const turn = runTurn({
      url: dialect.chatUrl(connection.baseUrl),
      headers: dialect.headers(connection.key),
      secret: connection.key,
      request,
      ...once,
      dialect,
      timeouts: connection.timeouts,
      fetch: deps.fetch,
      clock,
      signal: live.stop.signal,
    });
    for await (const step of turn) {
      if (step.type !== 'batch') continue;
      live.add(step, clock.now() - begin);
      if (live.turn.state === 'waiting' && live.turn.stats.ttftMs !== null) live.setState('streaming');
      saver.grew();
    }
    live.turn.stats.elapsedMs = clock.now() - begin;
    await end(deps, live, findEmptyAnswer(live.turn), saver.finish);
  } catch (error) {
    live.turn.stats.elapsedMs = clock.now() - begin;
    await end(deps, live, toTrouble(error), saver.finish);
  }
}

/** Stores the end, and only then tells the viewers. */
async function end(
  deps: JobDeps,
  live: LiveTurn,
  trouble: Trouble | null,
  save: () => Promise<void> = () => deps.ledger.save(live.turn),
): Promise<void> {
  const state = trouble === null ? 'done' : hasContent(live.turn) ? 'partial' : 'failed';
  live.turn.state = state;
  live.turn.trouble = trouble;
  const stored = await save().then(
    () => null,
    (error: unknown) => toTrouble(error),
  );
  live.setState(state, trouble ?? stored);
  deps.notify({ type: 'conversation-changed', conversationId: live.turn.conversationId });
}

function isConnection(value: unknown): value is JobConnection {
  return typeof value === 'object' && value !== null && 'baseUrl' in value;
}

function emptyTurn({ id, conversationId, parentId, userText, createdAt, kind, language }: NewTurn): Turn {
  return {
    id,
    conversationId,
    parentId,
    kind,
    createdAt,
    userText,
    reply: emptyMessage(),
    state: 'waiting',
    trouble: null,
    stats: emptyStats(),
    model: '',
    ...(language === undefined ? {} : { language }),
  };
}

function hasContent({ reply }: Turn): boolean {
  return reply.text !== '' || reply.reasoning !== '' || reply.refusal !== '' || reply.toolCalls.length > 0;
}

function findEmptyAnswer(turn: Turn): Trouble | null {
  return hasContent(turn) ? null : { code: 'bad-data', message: 'The model answered with nothing.' };
}

const MAX_TITLE = 60;

/** The first line of the question, cut at a word. */
function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ') ?? '';
  if (line.length <= MAX_TITLE) return line;
  const cut = line.slice(0, MAX_TITLE);
  return `${cut.slice(0, cut.lastIndexOf(' ') > 30 ? cut.lastIndexOf(' ') : MAX_TITLE)}…`;
}
