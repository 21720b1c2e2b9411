// Numbered inline marks (<1>…</1>, <2/>) in a text to be translated: reading them, and putting them where the translation has them.

const mark = /<(\/?)(\d+)(\/?)>/g;

export interface Mark {
  id: string;
  /** Its text without marks, white space folded. */
  inner: string;
  empty: boolean;
}

export function stripMarks(text: string): string {
  return text.replace(mark, '');
}

export function foldSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The form a text is looked up by. */
export function plainKey(text: string): string {
  return foldSpace(stripMarks(text));
}

/** The marks of a text in the order in which they open. */
export function listMarks(text: string): Mark[] {
  const marks: Mark[] = [];
  for (const match of text.matchAll(mark)) {
    const [whole, closing, id = '', empty] = match;
    if (closing) continue;
    const from = match.index + whole.length;
    const to = empty ? from : text.indexOf(`</${id}>`, from);
    marks.push({ id, inner: plainKey(text.slice(from, to < 0 ? undefined : to)), empty: empty === '/' });
  }
  return marks;
}

/**
 * Gives the marks of `translated` (numbered as in `source`) the numbers of `asked`, matched by the text they hold.
 * A mark that was not asked for is dropped; one that was asked for but is not in the source is laid around what stands
 * at the same share of the text, so that no mark of the request is ever missing.
 */
export function placeMarks(source: string, translated: string, asked: string): string {
  const wanted = listMarks(asked);
  const renamed = new Map<string, string>();
  for (const own of listMarks(source)) {
    const at = wanted.findIndex((other) => other.inner === own.inner && !other.empty);
    const [found] = at < 0 ? [] : wanted.splice(at, 1);
    if (found) renamed.set(own.id, found.id);
  }
  let text = translated.replace(mark, (_, closing: string, id: string) => {
    const name = renamed.get(id);
    return name === undefined ? '' : `<${closing}${name}>`;
  });
  for (const rest of wanted) text = insertMark(text, rest, asked);
  return text;
}

function insertMark(text: string, { id, inner, empty }: Mark, asked: string): string {
  if (!empty && inner === plainKey(asked)) return `<${id}>${text}</${id}>`;
  const before = stripMarks(asked.slice(0, asked.indexOf(empty ? `<${id}/>` : `<${id}>`)));
  const share = before.length / Math.max(1, stripMarks(asked).length);
  const words = text.split(' ');
  const place = Math.min(words.length - 1, Math.floor(share * words.length));
  // Only a word that carries no mark itself, so that marks never cross.
  const free = [...words.keys()].filter((index) => !/[<>]/.test(words[index] ?? ''));
  const nearest = free.sort((a, b) => Math.abs(a - place) - Math.abs(b - place))[0];
  if (nearest === undefined) return empty ? `${text}<${id}/>` : `${text}<${id}></${id}>`;
  const word = words[nearest] ?? '';
  words[nearest] = empty ? `<${id}/>${word}` : `<${id}>${word}</${id}>`;
  return words.join(' ');
}
