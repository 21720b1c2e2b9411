// What the tests of writing into a page share: fixtures, a look at all nodes, and the page read back as a reply.

import { defaultSettings } from '../../lib/settings/schema.ts';
import {
  type CollectedSegment,
  type Collection,
  collectSpans,
  type Limits,
} from '../../lib/translate/collect.ts';
import type { Dim } from '../../lib/translate/dim.ts';
import { Span } from '../../lib/translate/span.ts';

export function setPage(markup: string): void {
  const parsed = new DOMParser().parseFromString(markup, 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
}

/** What is left alone as long as the reader says nothing else, as a page script gets it. */
export const USUALLY_LEFT = defaultSettings.leftAlone.split('\n').join(', ');

/** Reads ranges of one tree. */
export function collectRanges(ranges: Range[], { maxChars }: Pick<Limits, 'maxChars'>): Collection {
  return collectSpans(
    ranges.map((range) => new Span(range)),
    { maxChars, leftAlone: USUALLY_LEFT },
  );
}

export function collectAll(root: Node = document.body): CollectedSegment[] {
  const range = document.createRange();
  range.selectNodeContents(root);
  return collectRanges([range], { maxChars: 100_000 }).segments;
}

export function expectSegment(segments: CollectedSegment[] = collectAll()): CollectedSegment {
  const [segment] = segments;
  if (!segment) throw new Error('nothing was collected');
  return segment;
}

export function allNodes(root: Node = document.body): Node[] {
  return [root, ...[...root.childNodes].flatMap(allNodes)];
}

/** Nodes with what they say, to be compared by identity and by content. */
export function snapshot(root: Node = document.body): { node: Node; says: string }[] {
  return allNodes(root).map((node) => ({ node, says: saysOf(node) }));
}

function saysOf(node: Node): string {
  if (!(node instanceof Element)) return node.nodeValue ?? '';
  const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`);
  return `${node.localName} ${attributes.join(' ')} ${node.childNodes.length}`;
}

/** The first difference to a snapshot; undefined where everything is the same node in the same place. */
export function findDifference(before: { node: Node; says: string }[]): string | undefined {
  const after = snapshot();
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const [was, is] = [before[index], after[index]];
    if (was?.node !== is?.node)
      return `node ${index}: ${was?.says ?? 'nothing'} became ${is?.says ?? 'nothing'}`;
    if (was?.says !== is?.says) return `node ${index} says ${is?.says}, not ${was?.says}`;
  }
  return undefined;
}

/** The segment as it stands in the page now, with marks: what a reader and a listener find. `known`: the page's own nodes. */
export function readBack(segment: CollectedSegment, known: ReadonlySet<Node>): string {
  const places = new Map(segment.pieces.flat().map((place) => [place.node, place]));
  const marks = new Map<Node, number>(
    segment.marks.map(({ node }, index) => [node, segment.firstMark + index]),
  );
  const paired = (mark: number) => segment.text.includes(`</${mark}>`);
  const read = (node: Node): string => {
    if (node instanceof Text) {
      const place = places.get(node);
      if (!place) return known.has(node) ? '' : node.data;
      return node.data.slice(place.prefix.length, node.data.length - place.suffix.length);
    }
    const mark = marks.get(node);
    if (mark !== undefined && !paired(mark)) return `<${mark}/>`;
    const inside = [...node.childNodes].map(read).join('');
    return mark === undefined ? inside : `<${mark}>${inside}</${mark}>`;
  };
  return read(segment.block);
}

/** A highlight that remembers, for a DOM without. */
export function createTestDim() {
  const dimmed = new Map<Text, string>();
  const hidden = new Map<Text, [from: number, to: number]>();
  const dim: Dim = {
    set(node, start, end, seen = start) {
      const isInside = start >= 0 && start <= seen && seen <= Math.max(start, end) && end <= node.length;
      if (!isInside) throw new RangeError(`${start}, ${seen}, ${end} of ${node.length}`);
      hidden.delete(node);
      dimmed.delete(node);
      if (start >= end) return;
      if (seen > start) hidden.set(node, [start, seen]);
      if (seen < end) dimmed.set(node, node.data.slice(seen, end));
    },
  };
  /** The text of an element as it is seen. */
  const seenIn = (element: Element): string =>
    [...element.childNodes]
      .map((node) => {
        if (node instanceof Element) return seenIn(node);
        if (!(node instanceof Text)) return '';
        const [from, to] = hidden.get(node) ?? [0, 0];
        return node.data.slice(0, from) + node.data.slice(to);
      })
      .join('');
  return { dim, dimmed, hidden, seenIn };
}
