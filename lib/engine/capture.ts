// "Save this stream": the bytes of the last response of a turn as they came, so that a bug report can become a fixture that
// `npm run replay` reads. The key is taken out when the text is asked for, also where the model spelled it out piece by piece.
import { removePieces } from './capture-pieces.ts';
import { removeKeys } from './redact.ts';

/** No more than this is kept; the beginning, because a stream cannot be read from its middle. */
const MAX_BYTES = 2 * 1024 * 1024;

export interface Capture {
  /** A response arrived. What an earlier attempt of the turn brought is let go. */
  begin(status: number, contentType: string | null): void;
  add(bytes: Uint8Array): void;
  /** What came, without `secret` and anything like a key; undefined where nothing came. */
  text(secret: string | undefined): string | undefined;
}

export function createCapture(): Capture {
  let head = { status: 0, contentType: '' };
  let kept: Uint8Array[] = [];
  let room = MAX_BYTES;
  let isCut = false;
  return {
    begin(status, contentType) {
      head = { status, contentType: contentType ?? '' };
      kept = [];
      room = MAX_BYTES;
      isCut = false;
    },
    add(bytes) {
      if (bytes.length > room) isCut = true;
      if (room === 0) return;
      const part = bytes.length > room ? bytes.slice(0, room) : bytes;
      kept.push(part);
      room -= part.length;
    },
    text(secret) {
      if (kept.length === 0) return undefined;
      const text = removeKeys(removePieces(decode(kept), secret), secret);
      return withHead(text, head.status, removeKeys(head.contentType, secret), isCut);
    },
  };
}

function decode(parts: readonly Uint8Array[]): string {
  // A byte order mark is one of the things that a fixture is about.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
}

/** A stream says in a comment, which no parser shows, how it was sent; JSON and HTML have no place for one and stay as they are. */
function withHead(text: string, status: number, contentType: string, isCut: boolean): string {
  if (status < 200 || status > 299 || /^\s*[{[<]/.test(text)) return text;
  const type = contentType.replace(/[^\x21-\x7e]+/g, '');
  const comment = `: runnel-capture status=${status} content-type=${type}${isCut ? ` cut=${MAX_BYTES}` : ''}\n`;
  return text.startsWith('\ufeff') ? `\ufeff${comment}${text.slice(1)}` : comment + text;
}
