// A text node that is written to: what of it is translation, what is still the original, and whose it is.
import type { Place } from './compose.ts';
import type { Dim } from './dim.ts';
import { cutAfter, widthOf } from './rest.ts';

export interface Written extends Place {
  text: string;
  /** The part of the original that is still there. */
  rest: string;
  /** The whole node as we left it: `prefix` + `text` + `rest` + `suffix`. With anything else in it, it is the page's again. */
  data: string;
  isLost: boolean;
}

export interface Restored {
  /** Text nodes and elements that are what and where they were. */
  restored: number;
  /** Those the page has changed since; they are left alone. */
  changed: number;
}

export function createWritten(place: Place): Written {
  const { prefix, source, suffix } = place;
  return { ...place, text: '', rest: source, data: prefix + source + suffix, isLost: false };
}

/**
 * Changes as little as it can: a reader's own selection in what stays survives, and what nothing comes for costs nothing. The first `gap`
 * characters of `rest` are not to be seen.
 */
export function write(written: Written, text: string, rest: string, dim: Dim | undefined, gap = 0): void {
  const { node, prefix } = written;
  if (node.data !== written.data) written.isLost = true;
  if (written.isLost) {
    dim?.set(node, 0, 0);
    return;
  }
  if (text !== written.text || rest !== written.rest) put(written, text, rest);
  const from = prefix.length + text.length;
  dim?.set(node, from, from + rest.length, from + gap);
}

/**
 * Writes `text` into the first of `nodes`; of the originals stays what `room`, in narrow characters, does not cover. Until the reply
 * `isOver`, lines stay as they are to the letter: what is left of the word under way keeps its room, unseen.
 */
export function writePiece(
  nodes: readonly Written[],
  text: string,
  room: number,
  isOver: boolean,
  dim: Dim | undefined,
): void {
  let left = room;
  for (const [index, written] of nodes.entries()) {
    const { source } = written;
    const { at, word } = cutAfter(source, left);
    left -= widthOf(source.slice(0, word));
    const cut = isOver ? word : at;
    write(written, index === 0 ? text : '', source.slice(cut), dim, word - cut);
  }
}

/** Text mostly grows at its end, and the rest is always the end of the original. */
function put(written: Written, text: string, rest: string): void {
  const { node, prefix } = written;
  const start = text.startsWith(written.text) ? written.text.length : 0;
  const end = Math.min(rest.length, written.rest.length);
  const count = written.text.length + written.rest.length - start - end;
  const wanted = text + rest;
  node.replaceData(prefix.length + start, count, wanted.slice(start, wanted.length - end));
  written.text = text;
  written.rest = rest;
  // Read back, so that the next look at it is at the very same string.
  written.data = node.data;
}

/** What we left in the node still stands there, in the page. */
export function isKept({ node, data, isLost }: Written): boolean {
  return !isLost && node.isConnected && node.data === data;
}

/** How much of these texts is the page's by now, from 0 to 1. */
export function lostPart(texts: readonly Written[]): number {
  const lengthOf = (some: readonly Written[]) => some.reduce((sum, { source }) => sum + source.length, 0);
  return lengthOf(texts.filter((text) => !isKept(text))) / lengthOf(texts);
}

/** True where the original stands in the node, or never left it. */
export function restore(written: Written, dim: Dim | undefined): boolean {
  write(written, '', written.source, undefined);
  dim?.set(written.node, 0, 0);
  return !written.isLost;
}

export function isWrittenTo({ text, rest, source, isLost }: Written): boolean {
  return isLost || text + rest !== source;
}
