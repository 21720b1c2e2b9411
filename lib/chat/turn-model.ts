// A turn on screen: what never changes about it, and its reply.
import type { Turn } from '../protocol/contract.ts';
import { Reply } from './reply.ts';

export interface TurnModel {
  readonly id: string;
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly kind: Turn['kind'];
  readonly language: string | undefined;
  readonly createdAt: number;
  readonly userText: string;
  readonly isDamaged: boolean;
  readonly reply: Reply;
}

export function createTurnModel(turn: Turn, now: () => number): TurnModel {
  const { id, conversationId, parentId, kind, language, createdAt, userText, isDamaged = false } = turn;
  const reply = new Reply(turn, now);
  return { id, conversationId, parentId, kind, language, createdAt, userText, isDamaged, reply };
}

/** The same turn behind another one: where a turn is deleted, the next one moves up. */
export function withParent(turn: TurnModel, parentId: string | null): TurnModel {
  return turn.parentId === parentId ? turn : { ...turn, parentId };
}

/** The path without a turn; what follows it follows the turn before it. */
export function without(path: readonly TurnModel[], turnId: string): TurnModel[] {
  const gone = path.find(({ id }) => id === turnId);
  const left = path.filter((turn) => turn !== gone);
  return gone
    ? left.map((turn) => (turn.parentId === turnId ? withParent(turn, gone.parentId) : turn))
    : left;
}
