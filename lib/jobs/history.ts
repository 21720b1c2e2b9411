// What was said before → the messages of the next request.
import type { RequestMessage } from '../engine/types.ts';
import type { Turn } from '../protocol/contract.ts';

/** Turns that got no answer are left out: two questions in a row confuse models, and the failed one is still on screen to retry. */
export function chatMessages(history: readonly Turn[], text: string): RequestMessage[] {
  const messages: RequestMessage[] = [];
  for (const turn of history) {
    if (turn.reply.text === '') continue;
    messages.push({ role: 'user', content: turn.userText }, { role: 'assistant', content: turn.reply.text });
  }
  messages.push({ role: 'user', content: text });
  return messages;
}
