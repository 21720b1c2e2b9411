// A translation below its original: an element of ours at the end of what it translates, with copies of the inline elements in it. The page's
// own nodes are not touched, and the copies have no identity: no id, no listener, no script.
import type { Blocks } from './blocks.ts';
import { createBlocks } from './blocks.ts';
import type { BlockElement, CollectedSegment } from './collect.ts';
import { flatChildren, flatParent } from './flat.ts';

/** Copied with their looks and what they point to; others are drawn as text. */
const COPIED =
  'a, abbr, b, bdi, bdo, big, br, cite, code, del, dfn, em, font, i, img, ins, kbd, mark, q, rp, rt, ruby, s, samp, small, span, strike, strong, sub, sup, time, tt, u, var';
const KEPT_ATTRIBUTES = ['class', 'style', 'href', 'target', 'rel', 'title', 'src', 'alt', 'width', 'height'];
/** What the element of ours is known by, when a page is read. */
const OURS = 'data-runnel-below';
const STYLE =
  'all: unset; display: block; flex: 1 0 100%; grid-column: 1 / -1; margin-block: 0.25em 0; font-size: 0.95em; color: color-mix(in srgb, currentcolor 78%, transparent); text-indent: 0; unicode-bidi: isolate;';

export interface Below {
  segments: CollectedSegment[];
  blocks: Blocks;
}

/** Where there can be no element of ours, in drawings, a segment is written in its place. */
export function placeBelow(collected: readonly CollectedSegment[], page: Blocks): Below {
  const own = createBlocks();
  const append = new Map<BlockElement, () => void>();
  const segments = collected.map((segment) => {
    if (segment.block instanceof SVGElement) return segment;
    const copy = copySegment(segment);
    append.set(copy.block, () => insertAfter(segment, copy.block));
    return copy;
  });
  const blocks: Blocks = {
    of(element) {
      const put = append.get(element);
      if (!put) return page.of(element);
      const block = own.of(element);
      let isPut = false;
      return {
        claim(segment, claim) {
          // Once: what the page throws away does not come back by itself.
          if (claim && !isPut) put();
          isPut = claim !== undefined;
          block.claim(segment, claim);
          if (!claim) element.remove();
        },
      };
    },
  };
  return { segments, blocks };
}

/** The segment as an element of its own, empty yet. */
function copySegment(segment: CollectedSegment): CollectedSegment {
  const document = segment.block.ownerDocument;
  const copies = new Map<Node, Node>();
  const texts = new Set<Node>(segment.pieces.flat().map(({ node }) => node));
  const marked = new Set<Node>(segment.marks.map(({ node }) => node));
  const element = document.createElement('span');
  element.setAttribute(OURS, '');
  element.style.cssText = STYLE;
  const copy = (from: Node, into: Element): void => {
    if (texts.has(from)) {
      const text = document.createTextNode('');
      copies.set(from, text);
      into.append(text);
    }
    if (!(from instanceof Element) || from === element) return;
    const isVoid = marked.has(from) && !holdsAny(from, texts);
    const holder = marked.has(from) ? copyElement(from, isVoid) : into;
    if (holder !== into) {
      copies.set(from, holder);
      into.append(holder);
    }
    if (!isVoid) for (const child of flatChildren(from)) copy(child, holder);
  };
  for (const child of flatChildren(segment.block)) copy(child, element);
  const copyOf = <T extends Node>(node: T) => (copies.get(node) ?? node) as T;
  return {
    ...segment,
    block: element,
    beside: segment.block,
    isMostOfBlock: true,
    marks: segment.marks.map(({ node }) => ({ node: copyOf(node), isCut: false })),
    pieces: segment.pieces.map((places) =>
      places.map(({ node }) => ({ node: copyOf(node), prefix: '', source: '', suffix: '' })),
    ),
  };
}

function holdsAny(element: Element, nodes: ReadonlySet<Node>): boolean {
  return [...nodes].some((node) => element.contains(node));
}

/** Formulas and drawings as they are; of other things that stay as they are, their words. */
function copyElement(from: Element, isVoid: boolean): Element {
  const document = from.ownerDocument;
  if (isVoid && from.matches('math, svg')) {
    const whole = from.cloneNode(true) as Element;
    for (const part of [whole, ...whole.querySelectorAll('[id]')]) part.removeAttribute('id');
    return whole;
  }
  const copy = document.createElement(from.matches(COPIED) ? from.localName : 'span');
  for (const name of KEPT_ATTRIBUTES) {
    const value = from.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  if (isVoid && from.localName !== 'br' && from.localName !== 'img') copy.textContent = from.textContent;
  return copy;
}

/** Behind the last of the segment's text, as a child of its block. */
function insertAfter({ block, pieces }: CollectedSegment, element: Element): void {
  let at: Node | null = pieces.at(-1)?.at(-1)?.node ?? null;
  while (at && flatParent(at) !== block) at = flatParent(at);
  // What is drawn in a slot or a shadow tree has another parent than the block.
  if (at?.parentNode === block) block.insertBefore(element, at.nextSibling);
  else (block.shadowRoot ?? block).append(element);
}
