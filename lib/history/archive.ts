// Conversations as files. The JSON is one object:
//   { format: "runnel-conversations", version: 1, exportedAt: <ISO 8601>, conversations: [
//     { id, title, isNamed?, pinnedAt?, createdAt, updatedAt, head, turns: [ … ] } ] }
// Times are milliseconds since the epoch; a turn is what the ledger stores (Turn in lib/protocol/contract.ts), every branch of the
// conversation, and `head` names the last one of the branch that is shown. A later version may add members; a reader that knows
// version 1 refuses another one, for it could not tell what it loses.
import { splitThink } from '../engine/think.ts';
import type { Turn } from '../protocol/contract.ts';
import type { WholeConversation } from '../protocol/history.ts';
import { say } from '../words/say.ts';

export const FORMAT = 'runnel-conversations';
export const FORMAT_VERSION = 1;

/** What stands before and behind the conversations of a file, which are joined by commas. */
export function frameOf(exportedAt: Date): { before: string; behind: string } {
  const head = { format: FORMAT, version: FORMAT_VERSION, exportedAt: exportedAt.toISOString() };
  return { before: `${JSON.stringify(head).slice(0, -1)},"conversations":[\n`, behind: '\n]}\n' };
}

export function asJson(conversation: WholeConversation, exportedAt: Date): string {
  const { before, behind } = frameOf(exportedAt);
  return `${before}${JSON.stringify(conversation)}${behind}`;
}

/** The branch that is shown, as a document to read. */
export function asDocument(conversation: WholeConversation): string {
  const parts = [`# ${conversation.title || say('documentTitle')}`];
  for (const { userText, reply, state } of pathOf(conversation)) {
    if (userText !== '') parts.push(`## ${say('documentYou')}\n\n${userText}`);
    const text = splitThink(reply.text).text + reply.refusal;
    if (text !== '') parts.push(`## ${say('answerLabel')}\n\n${text.trim()}`);
    if (state === 'partial') parts.push(`*${say('documentEndedEarly')}*`);
  }
  return `${parts.join('\n\n')}\n`;
}

function pathOf({ head, turns }: Pick<WholeConversation, 'head' | 'turns'>): Turn[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: Turn[] = [];
  for (let turn = byId.get(head ?? turns.at(-1)?.id ?? ''); turn; turn = byId.get(turn.parentId ?? '')) {
    // A loop, which only damaged rows can make, would have no end.
    byId.delete(turn.id);
    path.unshift(turn);
  }
  return path;
}

/** A title as the name of a file, everywhere. */
export function fileName(title: string, ending: string): string {
  const plain = title
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    .toWellFormed();
  return `${plain || 'conversation'}.${ending}`;
}
