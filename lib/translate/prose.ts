// Whether preformatted text is prose: mails and plain text files are shown in the same element as code.

/** Fewer words say nothing. */
const LEAST_WORDS = 20;
/** Signs that lines of code end or begin with. */
const CODE_LINE = /[;{}=\\]\s*$|^\s*(?:[$#@]|\/\/|\/\*|<\w|import\b|def\b)/;

export function isProse(pre: Element): boolean {
  // Highlighting makes an element of each word.
  if (
    pre.querySelector(':not(a, b, i, em, strong, br, wbr)') ||
    /code|hljs|lang|highlight|source/i.test(pre.className)
  )
    return false;
  const text = pre.textContent;
  const lines = text.split('\n').filter((line) => /\S/.test(line));
  const words = text.split(/\s+/).filter((word) => /^\p{P}*\p{L}[\p{L}\p{M}'’-]*\p{P}*$/u.test(word));
  const ink = text.replace(/\s+/g, '').length;
  if (words.length < LEAST_WORDS || words.join('').length < ink * 0.7) return false;
  return lines.filter((line) => CODE_LINE.test(line)).length < lines.length * 0.1;
}
