// Languages written from right to left, by primary subtag. The full list of languages belongs to the worker; a view needs only this.
const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Reading direction of a BCP 47 tag. A script in the tag wins: `pa-Arab` is written from right to left. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const [primary = '', ...rest] = tag.toLowerCase().split('-');
  const script = rest.find((part) => part.length === 4 && /^[a-z]+$/.test(part));
  if (script) return script === 'arab' || script === 'hebr' || script === 'thaa' ? 'rtl' : 'ltr';
  return RIGHT_TO_LEFT.has(primary) ? 'rtl' : 'ltr';
}

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
