// Why the history cannot be written or opened, which the wire carries as sentences of ours.
import { STORE_CLOSED, STORE_WORDS } from '../engine/errors.ts';
import { type MessageName, say } from './say.ts';

const NAMES: Readonly<Record<keyof typeof STORE_WORDS, MessageName>> = {
  full: 'storeFull',
  held: 'storeHeld',
  newer: 'storeNewer',
};

/** `why` as it came; what is not one of our sentences is the browser's own, and stays as it is. */
export function sayStoreProblem(why: string): string {
  for (const [key, words] of Object.entries(STORE_WORDS))
    if (words === why) return say(NAMES[key as keyof typeof STORE_WORDS]);
  const { before, behind } = STORE_CLOSED;
  return why.startsWith(before) && why.endsWith(behind)
    ? say('storeClosed', why.slice(before.length, -behind.length))
    : why;
}
