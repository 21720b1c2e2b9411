// What the row of a conversation becomes when a turn is added, and what it says of itself.
import type { Turn } from '../protocol/contract.ts';
import { type ConversationRow, readConversation } from './row-schema.ts';
import type { Rows } from './rows.ts';

/** The row of a conversation that now ends with `turn`. */
export function withHead(
  turn: Turn,
  title: string,
  known: ConversationRow | undefined,
  system = known?.system,
): ConversationRow {
  return {
    ...known,
    id: turn.conversationId,
    title: known?.title || title,
    head: turn.id,
    createdAt: known?.createdAt ?? turn.createdAt,
    updatedAt: turn.createdAt,
    ...(system === undefined ? {} : { system }),
    changedAt: turn.createdAt,
  };
}

/** The conversation's own instructions; empty where it has none. */
export async function findSystem(rows: Pick<Rows, 'conversation'>, conversationId: string): Promise<string> {
  return readConversation(await rows.conversation(conversationId))?.system ?? '';
}
