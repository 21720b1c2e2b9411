// Keys that nobody sees in the bytes: a model that writes a key sends it token by token, each in a chunk of its own.
import { findKeys, MASK, type Span } from './redact.ts';

/** One JSON string of a field. */
interface Piece {
  /** Where it stands in the whole text, without its quotes. */
  at: number;
  raw: string;
  /** Where its characters begin in all strings of this name, joined. */
  start: number;
  /** How many characters it is without its escapes. */
  length: number;
}

interface Field {
  pieces: Piece[];
  text: string;
}

const FIELD = /"((?:[^"\\\r\n]|\\.)*)"\s*:\s*"((?:[^"\\\r\n]|\\.)*)"/g;
const CHARACTER = /\\u[\da-fA-F]{4}|\\.|[^\\]/g;

/** `text` with a mask for every key that its JSON strings of one name spell together. It stays JSON where it was. */
export function removePieces(text: string, secret: string | undefined): string {
  const masks: Mask[] = [];
  for (const field of fieldsOf(text).values()) mask(field, findKeys(field.text, secret), masks);
  let clean = '';
  let done = 0;
  for (const { from, to, by } of masks.sort((a, b) => a.from - b.from)) {
    clean += text.slice(done, from) + by;
    done = to;
  }
  return clean + text.slice(done);
}

function fieldsOf(text: string): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const { index, 0: whole, 1: name = '', 2: raw = '' } of text.matchAll(FIELD)) {
    const field = fields.get(name) ?? { pieces: [], text: '' };
    fields.set(name, field);
    const plain = raw.includes('\\') ? raw.replace(CHARACTER, characterOf) : raw;
    const at = index + whole.length - 1 - raw.length;
    field.pieces.push({ at, raw, start: field.text.length, length: plain.length });
    field.text += plain;
  }
  return fields;
}

type Mask = Span & { by: string };

/** Adds what is to be written in place of `found`. */
function mask({ pieces }: Field, found: readonly Span[], into: Mask[]): void {
  let first = 0;
  for (const { from, to } of found) {
    while (isBefore(pieces[first], from)) first++;
    for (let i = first; i < pieces.length; i++) {
      const piece = pieces[i];
      if (!piece || piece.start >= to) break;
      const at = charactersOf(piece).slice(Math.max(0, from - piece.start), Math.max(0, to - piece.start));
      const isWhole = piece.start <= from && to <= piece.start + piece.length;
      // Stars where it goes over several pieces, so that each keeps its place.
      if (isWhole) into.push({ from: at[0]?.from ?? piece.at, to: at.at(-1)?.to ?? piece.at, by: MASK });
      else for (const span of at) into.push({ ...span, by: '*' });
    }
  }
}

function isBefore(piece: Piece | undefined, from: number): boolean {
  return piece !== undefined && piece.start + piece.length <= from;
}

/** Where each character of a piece stands in the whole text. */
function charactersOf({ at, raw }: Piece): Span[] {
  let from = at;
  return Array.from(raw.matchAll(CHARACTER), ([character]) => {
    const span = { from, to: from + character.length };
    from = span.to;
    return span;
  });
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** One UTF-16 unit for each, so that places in the joined text are places in the list. */
function characterOf(character: string): string {
  if (character.length === 1) return character;
  if (character.length > 2) return String.fromCharCode(Number.parseInt(character.slice(2), 16));
  return ESCAPES[character.charAt(1)] ?? character.charAt(1);
}
