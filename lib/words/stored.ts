// What is wrong with the history, in the reader's language. The wire carries sentences of ours, which are known again, and words of browsers.
import { STORED_WORDS, type Trouble } from '../engine/errors.ts';
import { type MessageName, say } from './say.ts';
import { titleFor } from './titles.ts';

const OWN: ReadonlyMap<string, MessageName> = new Map([
  [STORED_WORDS.gone, 'conversationGone'],
  [STORED_WORDS.held, 'storedHeld'],
  [STORED_WORDS.newer, 'storedNewer'],
  [STORED_WORDS.full, 'storedFull'],
]);

const [BEFORE, BEHIND] = STORED_WORDS.closed.split('$1') as [string, string];

/** Why something cannot be stored or read; what is not a sentence of ours stays as it is. */
export function sayStored(message: string): string {
  const name = OWN.get(message);
  if (name) return say(name);
  const isClosed = message.startsWith(BEFORE) && message.endsWith(BEHIND);
  return isClosed ? say('storedClosed', message.slice(BEFORE.length, -BEHIND.length)) : message;
}

/** A trouble with the history in one sentence, where there is no card with a title and details. */
export function sayPlainly(trouble: Trouble): string {
  return trouble.code === 'worker-gone' ? titleFor(trouble, undefined) : sayStored(trouble.message);
}
