// Whether a text is one to translate. What is the same in every language is not sent. Pure: no DOM.

const MARK = /<\/?\d{1,4}\/?>/g;
/** An address alone: of a page, with or without its scheme, or of a person. */
const ADDRESS =
  /^(?:[a-z][a-z+.-]*:\/\/\S+|(?:mailto|tel|urn):\S+|[^\s@]+@[^\s@]+\.\p{L}{2,}|(?:[\p{L}\d-]+\.)+[a-z]{2,}(?:[/?#:]\S*)?)$/iu;
/** What may stand around an address: brackets and signs. */
const EDGES = /^[\s\p{P}<>]+|[\s\p{P}<>]+$/gu;

/** False for a text without a letter and for an address that stands alone. `text` may carry marks. */
export function isWorthSending(text: string): boolean {
  const plain = text.replace(MARK, '').trim();
  if (!/\p{L}/u.test(plain)) return false;
  return !ADDRESS.test(plain.replace(EDGES, ''));
}
