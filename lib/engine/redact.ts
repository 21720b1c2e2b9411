// Strings that a server sent back are cleaned before they leave the transport: servers do echo keys in their errors.

const MAX_LENGTH = 2048;
// Control characters but newline and tab, and the bidirectional overrides that could disguise what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const KEY_SHAPES = [/\bBearer\s+[^\s"',;]+/gi, /\b(?:sk|gsk|xai|pk|key)-[\w*.-]{6,}/gi];
const MASK = '[key removed]';

/** `text` without the key in any spelling, without anything that looks like a key, printable, and cut to 2 KiB. */
export function redact(text: string, key: string | undefined): string {
  let clean = text.replace(UNPRINTABLE, '');
  if (key) {
    for (const spelling of new Set([key, encodeURIComponent(key), base64(key)])) {
      clean = clean.replaceAll(spelling, MASK);
    }
  }
  for (const shape of KEY_SHAPES) clean = clean.replace(shape, MASK);
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
