// A conversation as a Markdown document, from what is on screen: it works when nothing can be read from the history.
import type { TurnModel } from './turn-list.ts';

export function asMarkdown(title: string, turns: readonly TurnModel[]): string {
  const parts = [`# ${title || 'Conversation'}`];
  for (const { userText, reply } of turns) {
    parts.push(`## You\n\n${userText}`);
    const text = reply.text.text;
    if (text !== '') parts.push(`## Answer\n\n${text}`);
    if (reply.state.value === 'partial') parts.push('*This answer ended early.*');
  }
  return `${parts.join('\n\n')}\n`;
}
