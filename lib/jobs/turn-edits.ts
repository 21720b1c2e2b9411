// A view's requests that change the tree of stored turns, one after the other: each reads what the one before has written.
import { BUSY, StreamError } from '../engine/errors.ts';
import type { Turn } from '../protocol/contract.ts';
import type { JobDeps } from './chat-job.ts';

export interface TurnEditDeps extends Pick<JobDeps, 'notify'> {
  live: Pick<JobDeps['live'], 'isBusy'>;
  ledger: { findTurn(id: string): Promise<Turn | undefined> };
  branches: { select(turn: Turn): Promise<void>; remove(turn: Turn): Promise<void> };
  /** A turn was taken out: what it said must not be found any more either. */
  onRemoved(turn: Turn): void;
}

export class TurnEdits {
  private readonly deps: TurnEditDeps;
  private last: Promise<unknown> = Promise.resolve();

  constructor(deps: TurnEditDeps) {
    this.deps = deps;
  }

  /** @throws StreamError `not-found`, `bad-request` while an answer is being written there, `storage` */
  select(turnId: string): Promise<null> {
    return this.queue(turnId, (turn) => this.deps.branches.select(turn));
  }

  /** @throws StreamError as {@link select}, but for a turn that is gone already */
  async remove(turnId: string): Promise<null> {
    try {
      return await this.queue(turnId, async (turn) => {
        await this.deps.branches.remove(turn);
        this.deps.onRemoved(turn);
      });
    } catch (error) {
      if (error instanceof StreamError && error.code === 'not-found') return null;
      throw error;
    }
  }

  /** Resolves when nothing is being changed that was asked for before: a question must not be hung on a turn that is on its way out. */
  async settled(): Promise<void> {
    await this.last;
  }

  private queue(turnId: string, change: (turn: Turn) => Promise<void>): Promise<null> {
    const { last } = this;
    const mine = (async () => {
      await last;
      await this.change(turnId, change);
      return null;
    })();
    this.last = mine.catch(() => {});
    return mine;
  }

  private async change(turnId: string, change: (turn: Turn) => Promise<void>): Promise<void> {
    const { ledger, live, notify } = this.deps;
    const turn = await ledger.findTurn(turnId);
    if (!turn) throw new StreamError('not-found', 'This message is no longer stored.');
    const { conversationId } = turn;
    if (live.isBusy(conversationId)) throw new StreamError('bad-request', BUSY);
    await change(turn);
    notify({ type: 'conversation-changed', conversationId });
  }
}
