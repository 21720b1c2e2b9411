// A stored conversation as a file for the user.
import { asDocument, asJson, fileName } from '../history/archive.ts';
import type { Connect } from '../protocol/channel.ts';
import { askAgain } from './questions.ts';

export interface TextFile {
  name: string;
  text: string;
}

/** @throws StreamError where the conversation cannot be read */
export async function exportConversation(
  connect: Connect,
  id: string,
  kind: 'markdown' | 'json',
): Promise<TextFile> {
  const whole = await askAgain<'whole-conversation'>(connect, { type: 'whole-conversation', id });
  if (kind === 'markdown') return { name: fileName(whole.title, 'md'), text: asDocument(whole) };
  return { name: fileName(whole.title, 'json'), text: asJson(whole, new Date()) };
}
