// What was said before → the messages of the next request.
import { splitThink } from '../engine/think.ts';
import type { RequestMessage } from '../engine/types.ts';
import type { Turn } from '../protocol/contract.ts';

/** Without the reasoning that some models write into their answers: it is not meant to be read again. Turns that got no answer are left out: two questions in a row confuse models, and the failed one is still on screen to retry. */
export function chatMessages(history: readonly Turn[], text: string): RequestMessage[] {
  const messages: RequestMessage[] = [];
  for (const turn of history) {
    if (turn.reply.text === '') continue;
    messages.push(
      { role: 'user', content: turn.userText },
      { role: 'assistant', content: splitThink(turn.reply.text).text },
    );
  }
  messages.push({ role: 'user', content: text });
  return messages;
}
