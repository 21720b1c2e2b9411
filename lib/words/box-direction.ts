// Which way a box that is being written in runs.
/** Beyond this length the browser's own look for the first strong letter blocks the page for seconds, key by key. */
const MAX_AUTO = 20_000;
const RIGHT_TO_LEFT_LETTER = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The `dir` of a box with `text` in it: the browser's own judgement as long as it is quick, else that of the first letter. Undefined, that of
 * what is around the box, without a letter: the browser would take it from left to right, and the words that say what to write with it. */
export function directionOfBox(text: string): 'auto' | 'ltr' | 'rtl' | undefined {
  const letter = /\p{L}/u.exec(text.slice(0, 2000))?.[0];
  if (letter === undefined) return undefined;
  if (text.length <= MAX_AUTO) return 'auto';
  return RIGHT_TO_LEFT_LETTER.test(letter) ? 'rtl' : 'ltr';
}
