// What cannot be a key is refused before it is stored: a header that cannot be sent fails far from here, with words that help nobody.
import { say } from '../words/say.ts';

const MAX_LENGTH = 4096;

/** What is wrong with a trimmed key, as a sentence; undefined where nothing is. The key itself is never part of the sentence. */
export function findKeyProblem(key: string): string | undefined {
  if (/^(bearer|authorization:?)\s/i.test(key)) return say('keyWord');
  if (/\s/.test(key)) return say('keySpace');
  if (/["'`\u2018-\u201f\u00ab\u00bb]/.test(key)) return say('keyQuote');
  if (!/^[\u0021-\u007e]*$/.test(key)) return say('keyCharacter');
  if (key.length > MAX_LENGTH) return say('keyLong');
  return undefined;
}
