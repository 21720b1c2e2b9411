// How much of an original is still to be read while its translation grows: about as much as the translation does not cover yet, so that
// lines stay where they are. Pure: no DOM.

/** Within so many characters a word should end; scripts without spaces are cut anywhere. */
const LONGEST_WORD = 24;

/** CJK and full-width forms. Those beyond the basic plane are two units of a string anyway. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/;
/** Of a surrogate pair. */
const SECOND_HALF = /[\udc00-\udfff]/;

/** The room that `text` takes, in narrow characters. */
export function widthOf(text: string): number {
  return text.length + text.split(WIDE).length - 1;
}

export interface Cut {
  /** The index in the source behind its first `width` narrow characters, before a space. */
  at: number;
  /** The end of the word that is under way there. */
  word: number;
}

export function cutAfter(source: string, width: number): Cut {
  const { length } = source;
  if (width >= 2 * length) return { at: length, word: length };
  let at = 0;
  for (let room = width; room > 0 && at < length; at += 1) room -= WIDE.test(source.charAt(at)) ? 2 : 1;
  if (SECOND_HALF.test(source.charAt(at))) at += 1;
  const end = endOfWord(source, at);
  return { at: Math.min(at, end), word: end };
}

function endOfWord(source: string, at: number): number {
  if (at === 0 || WIDE.test(source.charAt(at - 1))) return at;
  const last = at - 1;
  const space = source.slice(last, at + LONGEST_WORD + 1).search(/\s/);
  if (space !== -1) return last + space;
  return source.length - at <= LONGEST_WORD ? source.length : at;
}
