// A selection that may begin in one tree and end in another. A Range lives in one tree, so a span is a range for each tree it meets.
import { flatParent } from './flat.ts';

/** Where a span begins and ends: a Range, or a StaticRange whose ends are in different trees. */
export type SpanEnds = Pick<AbstractRange, 'startContainer' | 'startOffset' | 'endContainer' | 'endOffset'>;

export class Span {
  readonly #ends: SpanEnds;
  readonly #ranges = new Map<Node, Range | undefined>();

  readonly isCollapsed: boolean;

  /** `ends` are read once: a live range follows its text, also when that is put back. */
  constructor({ startContainer, startOffset, endContainer, endOffset }: SpanEnds) {
    this.#ends = { startContainer, startOffset, endContainer, endOffset };
    this.isCollapsed = startContainer === endContainer && startOffset === endOffset;
  }

  /** The part of the span in the tree of `root`; always the same range, so that what widens it widens the span. */
  rangeIn(root: Node): Range | undefined {
    if (!this.#ranges.has(root)) this.#ranges.set(root, this.#measure(root));
    return this.#ranges.get(root);
  }

  /** The innermost element, as drawn, that holds both ends. */
  findAround(): Element | undefined {
    const { startContainer, endContainer } = this.#there();
    const around = new Set<Node>();
    for (let at: Node | null = startContainer; at; at = flatParent(at)) around.add(at);
    for (let at: Node | null = endContainer; at; at = flatParent(at))
      if (at instanceof Element && around.has(at)) return at;
    return undefined;
  }

  /** An end that stood in what is gone by now is where the range was widened to. */
  #there(): SpanEnds {
    const { startContainer, endContainer } = this.#ends;
    const isThere = startContainer.isConnected && endContainer.isConnected;
    return (!isThere && this.rangeIn(document)) || this.#ends;
  }

  #measure(root: Node): Range | undefined {
    const { startContainer, startOffset, endContainer, endOffset } = this.#ends;
    const start = findIn(root, startContainer);
    const end = findIn(root, endContainer);
    if (!start && !end && !this.#holds(root)) return undefined;
    const range = new Range();
    range.selectNodeContents(root);
    if (start === startContainer) range.setStart(start, startOffset);
    else if (start) range.setStartBefore(start);
    if (end === endContainer) range.setEnd(end, endOffset);
    else if (end) range.setEndAfter(end);
    return range;
  }

  #holds(root: Node): boolean {
    if (!(root instanceof ShadowRoot)) return false;
    return this.rangeIn(root.host.getRootNode())?.intersectsNode(root.host) ?? false;
  }
}

/** `node`, or what stands for it in the tree of `root`: the host or slot it is drawn in. */
function findIn(root: Node, node: Node): Node | undefined {
  let isOtherTree = true;
  for (let at: Node | null = node; at; ) {
    if (isOtherTree && at.getRootNode() === root) return at;
    const parent: Element | null = flatParent(at);
    isOtherTree = parent !== at.parentNode;
    at = parent;
  }
  return undefined;
}

/** Whether an end of the range divides the text of the element. */
export function isCut(element: Element, range: Range): boolean {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  if (!element.contains(startContainer) && !element.contains(endContainer)) return false;
  // Not by ranges: each of them costs every later change of the document.
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
    const before = node === startContainer ? startOffset : range.comparePoint(node, 0) < 0 ? node.length : 0;
    const after = node === endContainer ? endOffset : range.comparePoint(node, 0) > 0 ? 0 : node.length;
    if (/\S/.test(node.data.slice(0, before)) || /\S/.test(node.data.slice(after))) return true;
  }
  return false;
}
