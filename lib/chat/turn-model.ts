// One turn as it is shown: what is known of the question, and the reply that grows.
import { attachmentsOf } from '../protocol/attachments.ts';
import type { Turn } from '../protocol/contract.ts';
import { Reply } from './reply.ts';

type Told = 'id' | 'conversationId' | 'parentId' | 'kind' | 'createdAt' | 'userText' | 'images' | 'context';

export interface TurnModel extends Readonly<Pick<Turn, Told>> {
  readonly language: string | undefined;
  readonly isDamaged: boolean;
  readonly reply: Reply;
}

/** `now`: ms since the epoch. */
export function createTurnModel(turn: Turn, now: () => number): TurnModel {
  const { id, conversationId, parentId, kind, language, createdAt, userText, isDamaged = false } = turn;
  const told = { id, conversationId, parentId, kind, language, createdAt, userText, isDamaged };
  return { ...told, ...attachmentsOf(turn), reply: new Reply(turn, now) };
}
