// A view's `chat` and `attach` requests.
import { StreamError } from '../engine/errors.ts';
import type { Turn, TurnEvent } from '../protocol/contract.ts';
import { continueTurn, type JobDeps, type NewTurn, startTurn } from './chat-job.ts';
import { chatMessages } from './history.ts';
import type { LiveTurn } from './live-turns.ts';

export interface AskDeps extends JobDeps {
  ledger: JobDeps['ledger'] & {
    findTurn(id: string): Promise<Turn | undefined>;
    path(turnId: string | null): Promise<Turn[]>;
  };
  /** The instructions that count in a conversation: its own (`own`, where they are new), else those of the settings. */
  systemFor(conversationId: string, own: string | undefined): Promise<string>;
  /** A view shows this conversation. */
  seen(conversationId: string): void;
}

interface Viewer {
  post(event: TurnEvent): void;
  stopped: AbortSignal;
  left: AbortSignal;
}

/** Starts the turn, or joins it where the id is known: the same id never makes a second request. */
export async function askChat(deps: AskDeps, input: Omit<NewTurn, 'kind'>, viewer: Viewer): Promise<null> {
  const known = await findKnown(deps, input.id);
  if (known) return show(known, viewer, 0);
  const [history, system] = await Promise.all([
    deps.ledger.path(input.parentId),
    deps.systemFor(input.conversationId, input.system),
  ]);
  // Asked again while the history was read: the first one has begun by now.
  const begun = deps.live.find(input.id);
  if (begun) return show(begun, viewer, 0);
  const live = await startTurn(deps, { ...input, kind: 'chat' }, (model) => ({
    model,
    messages: chatMessages(history, input, system),
  }));
  return show(live, viewer, 0);
}

/** Goes on with a turn that broke, or joins it where it runs. @throws StreamError `not-found`, `bad-request` */
export async function continueChat(deps: AskDeps, turnId: string, viewer: Viewer): Promise<null> {
  const known = await expectKnown(deps, turnId);
  if ('watch' in known) return show(known, viewer, 0);
  const [history, system] = await Promise.all([
    deps.ledger.path(known.parentId),
    deps.systemFor(known.conversationId, undefined),
  ]);
  // Two viewers of a turn that broke go on with it at once: the second joins the first.
  const begun = deps.live.find(turnId);
  if (begun) return show(begun, viewer, 0);
  const live = await continueTurn(deps, known, (model) => ({
    model,
    messages: chatMessages(history, known, system),
  }));
  return show(live, viewer, 0);
}

/** Leaves a turn that broke as it is: nobody is asked about it again. @throws StreamError `not-found` */
export async function keepTurn(deps: AskDeps, turnId: string): Promise<null> {
  const known = await expectKnown(deps, turnId);
  if ('watch' in known || known.state !== 'partial') return null;
  await deps.ledger.save({ ...known, trouble: null });
  deps.notify({ type: 'conversation-changed', conversationId: known.conversationId });
  return null;
}

/** @throws StreamError `not-found` for a turn that was never begun, or was deleted. */
export async function attach(deps: AskDeps, turnId: string, fromSeq: number, viewer: Viewer): Promise<null> {
  const known = await expectKnown(deps, turnId);
  deps.seen('watch' in known ? known.turn.conversationId : known.conversationId);
  return show(known, viewer, fromSeq);
}

async function expectKnown(deps: AskDeps, turnId: string): Promise<LiveTurn | Turn> {
  const known = await findKnown(deps, turnId);
  if (!known) throw new StreamError('not-found', 'This answer is no longer stored.');
  return known;
}

async function findKnown(deps: AskDeps, turnId: string): Promise<LiveTurn | Turn | undefined> {
  return deps.live.find(turnId) ?? (await deps.ledger.findTurn(turnId)) ?? deps.live.find(turnId);
}

async function show(known: LiveTurn | Turn, viewer: Viewer, fromSeq: number): Promise<null> {
  if (!('watch' in known)) {
    viewer.post({ type: 'snapshot', seq: 0, turn: known });
    return null;
  }
  const stop = () => known.stop.abort(viewer.stopped.reason);
  if (viewer.stopped.aborted) stop();
  viewer.stopped.addEventListener('abort', stop, { once: true });
  await known.watch((event) => viewer.post(event), viewer.left, fromSeq);
  return null;
}
