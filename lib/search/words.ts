// Text → the terms that are indexed and looked for: without case and diacritics, scripts without spaces in pairs of characters.

/** Letters that no decomposition turns into the plain ones that people type for them. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ى: 'ي',
};
/** Accents, points of Hebrew and Arabic; not the voicing marks of kana, which make other letters. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]+/g;
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** Written without spaces between words. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const RUNS = /[\p{L}\p{N}]+/gu;
const MAX_TERM = 40;

export function fold(text: string): string {
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain text needs nothing of what follows
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFKD')
    .replace(MARKS, '')
    .normalize('NFC');
}

/** The terms of a text that is folded already. */
export function termsOf(folded: string): string[] {
  const terms: string[] = [];
  for (const [run] of folded.matchAll(RUNS)) {
    if (run.charCodeAt(0) < 0x0e00 && !DENSE.test(run)) terms.push(run.slice(0, MAX_TERM));
    else splitDense(run, terms);
  }
  return terms;
}

/** A run may mix scripts: `使用API时`. */
function splitDense(run: string, terms: string[]): void {
  let dense: string[] = [];
  let word = '';
  const flush = () => {
    if (word !== '') terms.push(word.slice(0, MAX_TERM));
    if (dense.length === 1) terms.push(dense.join(''));
    for (let index = 0; index + 1 < dense.length; index++) terms.push(`${dense[index]}${dense[index + 1]}`);
    word = '';
    dense = [];
  };
  for (const char of run) {
    const isDense = DENSE.test(char);
    if (isDense ? word !== '' : dense.length > 0) flush();
    if (isDense) dense.push(char);
    else word += char;
  }
  flush();
}

/** Whether a term is of a script whose characters are words or parts of words by themselves. */
export function isDense(term: string): boolean {
  return DENSE.test(term);
}
