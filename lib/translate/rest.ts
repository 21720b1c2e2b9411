// How much of an original is still to be read while its translation grows: about as much as the translation does not cover yet, so that
// lines stay where they are. Pure: no DOM.

/** Within so many characters a word should end; scripts without spaces are cut anywhere. */
const LONGEST_WORD = 24;

/** The room that `text` takes, in narrow characters. */
export function widthOf(text: string): number {
  let width = text.length;
  for (let at = 0; at < text.length; at += 1) if (isWide(text.charCodeAt(at))) width += 1;
  return width;
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
  for (let room = width; room > 0 && at < source.length; at += 1) {
    room -= isWide(source.charCodeAt(at)) ? 2 : 1;
  }
  if (isSecondHalf(source.charCodeAt(at))) at += 1;
  const end = endOfWord(source, at);
  return { at: Math.min(at, end), word: end };
}

function endOfWord(source: string, at: number): number {
  if (at === 0 || isWide(source.charCodeAt(at - 1))) return at;
  const last = at - 1;
  const space = source.slice(last, at + LONGEST_WORD + 1).search(/\s/);
  if (space !== -1) return last + space;
  return source.length - at <= LONGEST_WORD ? source.length : at;
}

/** CJK and full-width forms. Those beyond the basic plane are two units of a string anyway. */
function isWide(code: number): boolean {
  if (code < 0x1100) return false;
  return (
    code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe4f) ||
    (code >= 0xff00 && code <= 0xff60)
  );
}

/** Of a surrogate pair. */
function isSecondHalf(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
