// A text node that is written to: what of it is translation, what is still the original, and whose it is.
import type { Place } from './compose.ts';
import type { Dim } from './dim.ts';

/** `data` is `prefix` + `text` + `rest` + `suffix`, or the page has written into the node: then it is the page's again. */
export interface Written extends Place {
  text: string;
  /** The part of the original that is still there. */
  rest: string;
  isLost: boolean;
}

export function createWritten(place: Place): Written {
  return { ...place, text: '', rest: place.source, isLost: false };
}

/** Changes as little as it can: a reader's own selection in what stays survives. The first `gap` characters of `rest` are not to be seen. */
export function write(written: Written, text: string, rest: string, dim: Dim | undefined, gap = 0): void {
  const { node, prefix, suffix } = written;
  const shown = written.text + written.rest;
  const wanted = text + rest;
  if (node.data !== prefix + shown + suffix) written.isLost = true;
  if (written.isLost) {
    dim?.set(node, 0, 0);
    return;
  }
  if (shown !== wanted) {
    const same = sameStart(shown, wanted);
    const end = sameEnd(shown.slice(same), wanted.slice(same));
    node.replaceData(
      prefix.length + same,
      shown.length - same - end,
      wanted.slice(same, wanted.length - end),
    );
  }
  written.text = text;
  written.rest = rest;
  const from = prefix.length + text.length;
  dim?.set(node, from, from + rest.length, from + gap);
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

function sameStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  return at;
}

function sameEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one.at(-1 - count) === other.at(-1 - count)) count += 1;
  return count;
}
