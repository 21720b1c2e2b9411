// Reads a selection as segments: the text of one block, or of one stretch of a block between blocks in it, in reading order.
import { type Classifier, createClassifier } from './classify.ts';
import { findComposed, type Marked, type Part, type Place } from './compose.ts';
import { flatChildren, flatParent } from './flat.ts';
import { markWholeBlocks } from './ink.ts';
import { isCut, type Span } from './span.ts';
import { isWorthSending } from './worth.ts';

/** What can be a block: an element with a style of its own. */
export type BlockElement = HTMLElement | SVGElement;

export interface CollectedSegment {
  /** From 1, in reading order. */
  id: number;
  /** What is sent: white space collapsed as shown, inline elements as numbered marks. */
  text: string;
  firstMark: number;
  /** By piece of `text`, the text nodes it is written to; the first takes the text, the others are emptied. */
  pieces: Place[][];
  /** By mark, from `firstMark` on, the element that it stands for. */
  marks: Marked[];
  /** The nearest block around the text. */
  block: BlockElement;
  /** As it was collected, where its places are others now. */
  source?: CollectedSegment;
  /** More than half of the block's text is part of this collection, so the block as a whole changes its language. */
  isMostOfBlock: boolean;
}

export interface Collection {
  segments: CollectedSegment[];
  /** Something was left out because the selection is longer than allowed. */
  truncated: boolean;
}

/** The wire refuses more in one request, whole. */
export const MAX_SEGMENTS = 500;
export const MAX_SEGMENT_CHARS = 20_000;

export interface Limits {
  /** Characters of all segments together. */
  maxChars: number;
  /** CSS selectors, joined by commas, of what is not translated beside what never is. */
  leftAlone: string;
}

/** Reads spans of one document. Nothing is changed. */
export function collectSpans(spans: Span[], { maxChars, leftAlone }: Limits): Collection {
  const segments: CollectedSegment[] = [];
  let room = maxChars;
  let isFull = false;
  let truncated = false;
  const classifier = createClassifier(leftAlone);
  for (const span of spans) {
    for (const { parts, block } of linesIn(span, classifier)) {
      const composed = findComposed(parts);
      if (!composed || !isWorthSending(composed.text)) continue;
      const { length } = composed.text;
      isFull ||= length > room || segments.length === MAX_SEGMENTS;
      truncated ||= isFull || length > MAX_SEGMENT_CHARS;
      if (isFull) break;
      if (length > MAX_SEGMENT_CHARS) continue;
      room -= length;
      segments.push({ ...composed, id: segments.length + 1, block, isMostOfBlock: false });
    }
  }
  markWholeBlocks(segments, classifier);
  return { segments, truncated };
}

interface Line {
  parts: Part[];
  block: BlockElement;
}

function linesIn(span: Span, classifier: Classifier): Line[] {
  const start = span.findAround();
  if (!start || span.isCollapsed || classifier.isLeftAlone(start)) return [];
  const block = blockAround(start, classifier);
  if (!block) return [];
  const reader = new LineReader(span, classifier);
  reader.readBlock(block, block);
  return reader.lines;
}

function blockAround(element: Element, classifier: Classifier): BlockElement | undefined {
  for (let at: Element | null = element; at; at = flatParent(at)) {
    const isTop = at === at.ownerDocument.body || !flatParent(at);
    if (isBlockElement(at) && (isTop || classifier.kindOf(at) === 'block')) return at;
  }
  return undefined;
}

function isBlockElement(element: Element): element is BlockElement {
  return element instanceof HTMLElement || element instanceof SVGElement;
}

class LineReader {
  readonly lines: Line[] = [];
  #parts: Part[] = [];
  readonly #span: Span;
  readonly #classifier: Classifier;
  /** By parent, the selected part of its tree. */
  readonly #ranges = new Map<Node, Range | undefined>();

  constructor(span: Span, classifier: Classifier) {
    this.#span = span;
    this.#classifier = classifier;
  }

  /** Reads what is selected in `element`, as lines of `block`. */
  readBlock(element: Element, block: BlockElement): void {
    this.#endLine(block);
    for (const child of this.#selectedIn(element)) {
      const kind = child instanceof Element ? this.#classifier.kindOf(child) : 'inline';
      if (child instanceof Element && (kind === 'block' || kind === 'through')) {
        this.#endLine(block);
        this.readBlock(child, kind === 'block' && isBlockElement(child) ? child : block);
      } else if (kind === 'barrier' || this.#isSecondBreak(child)) this.#endLine(block);
      else this.#readInline(child, this.#parts, false);
    }
    this.#endLine(block);
  }

  #readInline(node: Node, into: Part[], isAid: boolean): void {
    if (node instanceof Text) this.#readText(node, into, isAid);
    const around = this.#rangeAt(node);
    if (!(node instanceof Element) || !around) return;
    const kind = this.#classifier.kindOf(node);
    const marked = { node, isCut: isCut(node, around) };
    if (kind === 'void')
      into.push({ ...marked, kind, isBreak: node.localName === 'br', hasText: hasWords(node) });
    if (kind !== 'inline') return;
    const aid = isAid || node.matches('rt, rp');
    const children: Part[] = [];
    for (const child of this.#selectedIn(node)) this.#readInline(child, aid ? into : children, aid);
    if (children.length > 0) into.push({ ...marked, kind: 'element', children });
    else if (isPicture(node)) into.push({ ...marked, kind: 'void', isBreak: false, hasText: false });
  }

  #readText(node: Text, into: Part[], isAid: boolean): void {
    const range = this.#rangeAt(node);
    const start = node === range?.startContainer ? range.startOffset : 0;
    const end = node === range?.endContainer ? range.endOffset : node.data.length;
    const parent = flatParent(node);
    if (start >= end || !parent || !this.#classifier.isReadable(parent)) return;
    into.push({ kind: 'text', node, start, end, isAid, keepsSpace: this.#classifier.keepsSpace(parent) });
  }

  #selectedIn(element: Element): Node[] {
    let last: Node | undefined;
    return [...flatChildren(element)].filter((child) => {
      const range = this.#rangeAt(child);
      if (!range) return false;
      const { endContainer } = range;
      // Behind one that is selected, and before the end: browsers count through all siblings to find that out.
      const isBetween =
        last?.nextSibling === child && endContainer !== child.parentNode && !last.contains(endContainer);
      if (!isBetween && !range.intersectsNode(child)) return false;
      last = child;
      return true;
    });
  }

  #rangeAt(node: Node): Range | undefined {
    const parent = node.parentNode ?? node;
    if (!this.#ranges.has(parent)) this.#ranges.set(parent, this.#span.rangeIn(parent.getRootNode()));
    return this.#ranges.get(parent);
  }

  /** Two line breaks on end are how old pages part their paragraphs. */
  #isSecondBreak(node: Node): boolean {
    if (!(node instanceof Element) || node.localName !== 'br') return false;
    const before = this.#parts.findLast((part) => part.kind !== 'text' || /\S/.test(part.node.data));
    return before?.kind === 'void' && before.isBreak;
  }

  #endLine(block: BlockElement): void {
    if (this.#parts.length > 0) this.lines.push({ parts: this.#parts, block });
    this.#parts = [];
  }
}

function hasWords(element: Element): boolean {
  return /\S/.test(element.textContent);
}

/** An element without text that takes room all the same: an icon. */
function isPicture(element: Element): boolean {
  return element instanceof HTMLElement && element.childNodes.length === 0 && element.offsetWidth > 0;
}
