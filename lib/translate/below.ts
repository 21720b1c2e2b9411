// A translation below its original: an element of ours at the end of what it translates, with copies of the inline elements in it. The page's
// own nodes are not touched, and the copies are for the eye alone (copies.ts).
import { type Block, type Blocks, createBlocks } from './blocks.ts';
import type { BlockElement, CollectedSegment } from './collect.ts';
import { copyElement } from './copies.ts';
import { flatParent } from './flat.ts';

/** What the element of ours is known by, when a page is read. */
const OURS = 'data-runnel-below';
const STYLE =
  'all: unset; display: block; flex: 1 1 100%; grid-column: 1 / -1; margin-block: 0.25em 0; font-size: 0.95em; color: color-mix(in srgb, currentcolor 78%, transparent); text-indent: 0; unicode-bidi: isolate;';

export interface Below {
  segments: CollectedSegment[];
  blocks: Blocks;
}

export type PlaceBelow = typeof placeBelow;

/** Where there can be no element of ours, in drawings, a segment is written in its place. */
export function placeBelow(collected: readonly CollectedSegment[], page: Blocks): Below {
  const own = createBlocks();
  const copies = new Map<BlockElement, Copy>();
  const segments = collected.map((segment) => {
    if (segment.block instanceof SVGElement) return segment;
    const copy = copySegment(segment);
    copies.set(copy.segment.block, copy);
    return copy.segment;
  });
  const of = (element: BlockElement): Block => {
    const copy = copies.get(element);
    const { source } = copy?.segment ?? {};
    if (!copy || !source) return page.of(element);
    const block = own.of(element);
    let isPut = false;
    return {
      claim(segment, claim) {
        // Once: what the page throws away does not come back by itself.
        if (claim && !isPut) insertAfter(source, element);
        isPut = claim !== undefined;
        showVoids(copy, claim?.state === 'streaming');
        block.claim(segment, claim);
        if (!claim) element.remove();
      },
    };
  };
  return { segments, blocks: { of } };
}

interface Copy {
  segment: CollectedSegment;
  texts: Text[];
  /** Copies of what stays as it is in a line. */
  voids: Element[];
}

/** The segment as an element of its own, empty yet. */
function copySegment(source: CollectedSegment): Copy {
  const { block, pieces, marks, text, firstMark } = source;
  const document = block.ownerDocument;
  const element = document.createElement('span');
  element.setAttribute(OURS, '');
  element.style.cssText = STYLE;
  const copies = new Map<Node, Text | Element>(
    pieces.flat().map(({ node }) => [node, document.createTextNode('')]),
  );
  const voids = marks.flatMap(({ node }, index) => {
    const isVoid = text.includes(`<${firstMark + index}/>`);
    const copy = copyElement(node, isVoid);
    copies.set(node, copy);
    return isVoid ? copy : [];
  });
  const inOrder = [...copies].sort(([a], [b]) => (isBefore(a, b) ? -1 : 1));
  for (const [node, copy] of inOrder) {
    let around = flatParent(node);
    while (around && around !== block && !copies.has(around)) around = flatParent(around);
    const into = around && copies.get(around);
    (into instanceof Element ? into : element).append(copy);
  }
  const copyOf = (node: Node) => copies.get(node);
  const segment: CollectedSegment = {
    ...source,
    block: element,
    source,
    isMostOfBlock: true,
    marks: marks.map(({ node }) => ({ node: copyOf(node) as Element, isCut: false })),
    pieces: pieces.map((places) =>
      places.map(({ node }) => ({ node: copyOf(node) as Text, prefix: '', source: '', suffix: '' })),
    ),
  };
  return { segment, voids, texts: segment.pieces.flat().map(({ node }) => node) };
}

/** While text comes, what stands beyond it is not seen yet. */
function showVoids({ voids, texts }: Copy, isStreaming: boolean): void {
  const written = texts.filter(({ data }) => data !== '');
  for (const one of voids)
    one.toggleAttribute('hidden', isStreaming && !written.some((text) => isBefore(one, text)));
}

function isBefore(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** Behind the last of the segment's text, as a child of its block. */
function insertAfter({ block, pieces }: CollectedSegment, element: Element): void {
  let at: Node | null = pieces.at(-1)?.at(-1)?.node ?? null;
  while (at && flatParent(at) !== block) at = flatParent(at);
  // What is drawn in a slot or a shadow tree has another parent than the block.
  if (at?.parentNode === block) block.insertBefore(element, at.nextSibling);
  else (block.shadowRoot ?? block).append(element);
}
