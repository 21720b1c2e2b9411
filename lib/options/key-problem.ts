// What cannot be a key is refused before it is stored: a header that cannot be sent fails far from here, with words that help nobody.

const MAX_LENGTH = 4096;

/** What is wrong with a trimmed key, as a sentence; undefined where nothing is. The key itself is never part of the sentence. */
export function findKeyProblem(key: string): string | undefined {
  if (/^(bearer|authorization:?)\s/i.test(key)) return 'Paste only the key, without the word before it.';
  if (/\s/.test(key))
    return 'The key contains a space or a line break. Copy it again, without the text around it.';
  if (/["'`\u2018-\u201f\u00ab\u00bb]/.test(key))
    return 'The key contains a quotation mark. Copy it again, without the quotation marks.';
  if (!/^[\u0021-\u007e]*$/.test(key))
    return 'The key contains a character that no key has, perhaps a dash or a letter changed by a text editor. Copy it again from where it was made.';
  if (key.length > MAX_LENGTH) return 'This is too long to be a key.';
  return undefined;
}
