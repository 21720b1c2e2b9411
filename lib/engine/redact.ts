// Strings that a server sent back are cleaned before they leave the transport: servers do echo keys in their errors.

const MAX_LENGTH = 2048;
// Control characters but newline and tab, and the bidirectional overrides that could disguise what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Says nothing that JSON text would have to escape. */
export const MASK = '[key removed]';
// No backslash: in JSON text it begins the escape that ends the string of what is masked.
const KEY_SHAPES = [
  /\bBearer\s+[^\s"',;\\]+/gi,
  /\b(?:sk|gsk|xai|pk|key)-[\w*.-]{6,}/gi,
  /\b(?:sk|gsk|pk|rk|hf|fw|tgp)_\w{16,}/g,
  /\bAIza[\w-]{20,}/g,
];

/** `text` without the key in any spelling, without anything that looks like a key, printable, and cut to 2 KiB. */
export function redact(text: string, key: string | undefined): string {
  const clean = removeKeys(text.replace(UNPRINTABLE, ''), key);
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean;
}

/** `text` of any length without the key in any spelling, and without anything that looks like a key. */
export function removeKeys(text: string, key: string | undefined): string {
  let clean = '';
  let done = 0;
  for (const { from, to } of findKeys(text, key)) {
    clean += text.slice(done, from) + MASK;
    done = to;
  }
  return clean + text.slice(done);
}

export interface Span {
  from: number;
  to: number;
}

/** Where the key, or something that looks like one, stands in `text`; in order, none touching another. */
export function findKeys(text: string, key: string | undefined): Span[] {
  const found: Span[] = [];
  for (const spelling of key ? spellingsOf(key) : []) {
    for (let from = text.indexOf(spelling); from >= 0; from = text.indexOf(spelling, from + 1))
      found.push({ from, to: from + spelling.length });
  }
  for (const shape of KEY_SHAPES) {
    for (const { index, 0: match } of text.matchAll(shape))
      found.push({ from: index, to: index + match.length });
  }
  return merge(found);
}

function merge(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** As it is, in a URL, in JSON text (also of servers that escape the slash), and inside base64 at any offset. */
function spellingsOf(key: string): Set<string> {
  const json = JSON.stringify(key).slice(1, -1);
  const spellings = new Set([key, encodeURIComponent(key), json, json.replaceAll('/', '\\/')]);
  for (const offset of [0, 1, 2]) {
    // The characters that also hold bits of a neighbour are not the key's own.
    const encoded = base64('\0'.repeat(offset) + key).replace(/=+$/, '');
    const own = encoded.slice([0, 2, 3][offset], (key.length + offset) % 3 === 0 ? undefined : -1);
    if (own.length < 8) continue;
    spellings.add(own);
    spellings.add(own.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return spellings;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
