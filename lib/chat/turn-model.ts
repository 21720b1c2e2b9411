// A turn on screen: what never changes about it, and its reply.
import { attachmentsOf } from '../protocol/attachments.ts';
import type { Turn } from '../protocol/contract.ts';
import { Reply } from './reply.ts';

type Told = 'id' | 'conversationId' | 'parentId' | 'kind' | 'createdAt' | 'userText' | 'images' | 'context';

export interface TurnModel extends Readonly<Pick<Turn, Told>> {
  readonly language: string | undefined;
  readonly isDamaged: boolean;
  readonly reply: Reply;
}

export function createTurnModel(turn: Turn, now: () => number): TurnModel {
  const { id, conversationId, parentId, kind, language, createdAt, userText, isDamaged = false } = turn;
  const told = { id, conversationId, parentId, kind, language, createdAt, userText, isDamaged };
  return { ...told, ...attachmentsOf(turn), reply: new Reply(turn, now) };
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
