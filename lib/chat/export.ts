// A conversation as a Markdown document, from what is on screen: it works when nothing can be read from the history.

import { say } from '../words/say.ts';
import type { TurnModel } from './turn-list.ts';

export function asMarkdown(title: string, turns: readonly TurnModel[]): string {
  const parts = [`# ${title || say('documentTitle')}`];
  for (const { userText, reply } of turns) {
    parts.push(`## ${say('documentYou')}\n\n${userText}`);
    const text = reply.text.text;
    if (text !== '') parts.push(`## ${say('answerLabel')}\n\n${text}`);
    if (reply.state.value === 'partial') parts.push(`*${say('documentEndedEarly')}*`);
  }
  return `${parts.join('\n\n')}\n`;
}
