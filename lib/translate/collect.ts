// Reads a selection as segments: the text of one block, or of one stretch of a block between blocks in it, in reading order.
import { type Classifier, createClassifier, isLeftAlone } from './classify.ts';
import { findComposed, type Marked, type Part, type Place } from './compose.ts';

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
  block: HTMLElement;
  /** More than half of the block's text is part of this collection, so the block as a whole changes its language. */
  isMostOfBlock: boolean;
}

export interface Collection {
  segments: CollectedSegment[];
  /** Something was left out because the selection is longer than allowed. */
  truncated: boolean;
}

export interface Limits {
  /** Characters of all segments together. */
  maxChars: number;
}

export function collectSelection(selection: Selection, limits: Limits): Collection {
  const ranges = Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
  return collectRanges(ranges, limits);
}

/** Reads ranges of one document. Nothing is changed. */
export function collectRanges(ranges: Range[], { maxChars }: Limits): Collection {
  const segments: CollectedSegment[] = [];
  let room = maxChars;
  let truncated = false;
  for (const range of ranges) {
    for (const { parts, block } of linesIn(range)) {
      const composed = findComposed(parts);
      if (!composed) continue;
      truncated ||= composed.text.length > room;
      if (truncated) break;
      room -= composed.text.length;
      segments.push({ ...composed, id: segments.length + 1, block, isMostOfBlock: false });
    }
  }
  markWholeBlocks(segments);
  return { segments, truncated };
}

interface Line {
  parts: Part[];
  block: HTMLElement;
}

function linesIn(range: Range): Line[] {
  const root = range.commonAncestorContainer;
  const start = root.nodeType === Node.ELEMENT_NODE ? (root as Element) : root.parentElement;
  const view = start?.ownerDocument.defaultView;
  if (!start || !view || range.collapsed || isLeftAlone(start)) return [];
  const classifier = createClassifier(view);
  const block = blockAround(start, classifier);
  if (!block) return [];
  const reader = new LineReader(range, classifier);
  reader.readBlock(block, block);
  return reader.lines;
}

function blockAround(element: Element, classifier: Classifier): HTMLElement | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const isTop = at === at.ownerDocument.body || !at.parentElement;
    if (at instanceof HTMLElement && (isTop || classifier.kindOf(at) === 'block')) return at;
  }
  return undefined;
}

class LineReader {
  readonly lines: Line[] = [];
  private parts: Part[] = [];
  private readonly range: Range;
  private readonly classifier: Classifier;

  constructor(range: Range, classifier: Classifier) {
    this.range = range;
    this.classifier = classifier;
  }

  /** Reads what is selected in `element`, as lines of `block`. */
  readBlock(element: Element, block: HTMLElement): void {
    this.endLine(block);
    for (const child of element.childNodes) {
      if (!this.range.intersectsNode(child)) continue;
      const kind = child instanceof Element ? this.classifier.kindOf(child) : 'inline';
      if (child instanceof Element && (kind === 'block' || kind === 'through')) {
        this.endLine(block);
        this.readBlock(child, kind === 'block' && child instanceof HTMLElement ? child : block);
      } else if (kind === 'barrier' || this.isSecondBreak(child)) this.endLine(block);
      else this.readInline(child, this.parts, false);
    }
    this.endLine(block);
  }

  private readInline(node: Node, into: Part[], isAid: boolean): void {
    if (!this.range.intersectsNode(node)) return;
    if (node instanceof Text) this.readText(node, into, isAid);
    if (!(node instanceof Element)) return;
    const kind = this.classifier.kindOf(node);
    const marked = { node, isCut: isCut(node, this.range) };
    if (kind === 'void')
      into.push({ ...marked, kind, isBreak: node.localName === 'br', hasText: hasWords(node) });
    if (kind !== 'inline') return;
    const aid = isAid || node.matches('rt, rp');
    const children: Part[] = [];
    for (const child of node.childNodes) this.readInline(child, aid ? into : children, aid);
    if (children.length > 0) into.push({ ...marked, kind: 'element', children });
    else if (isPicture(node)) into.push({ ...marked, kind: 'void', isBreak: false, hasText: false });
  }

  private readText(node: Text, into: Part[], isAid: boolean): void {
    const { startContainer, startOffset, endContainer, endOffset } = this.range;
    const start = node === startContainer ? startOffset : 0;
    const end = node === endContainer ? endOffset : node.data.length;
    const parent = node.parentElement;
    if (start >= end || !parent || !this.classifier.isReadable(parent)) return;
    into.push({ kind: 'text', node, start, end, isAid, keepsSpace: this.classifier.keepsSpace(parent) });
  }

  /** Two line breaks on end are how old pages part their paragraphs. */
  private isSecondBreak(node: Node): boolean {
    if (!(node instanceof Element) || node.localName !== 'br') return false;
    const before = this.parts.findLast((part) => part.kind !== 'text' || /\S/.test(part.node.data));
    return before?.kind === 'void' && before.isBreak;
  }

  private endLine(block: HTMLElement): void {
    if (this.parts.length > 0) this.lines.push({ parts: this.parts, block });
    this.parts = [];
  }
}

/** Whether an end of the range divides the text of the element. */
function isCut(element: Element, range: Range): boolean {
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

function hasWords(element: Element): boolean {
  return /\S/.test(element.textContent);
}

/** An element without text that takes room all the same: an icon. */
function isPicture(element: Element): boolean {
  return element instanceof HTMLElement && element.childNodes.length === 0 && element.offsetWidth > 0;
}

function markWholeBlocks(segments: CollectedSegment[]): void {
  /** By element, how much of the text in it is selected; the text of a nested block counts for the blocks around it. */
  const selected = new Map<Element, number>();
  for (const { pieces, block } of segments) {
    const ink = pieces.flat().reduce((sum, { source }) => sum + inkOf(source), 0);
    for (let at: Element | null = block; at; at = at.parentElement) {
      selected.set(at, (selected.get(at) ?? 0) + ink);
    }
  }
  for (const segment of segments) {
    segment.isMostOfBlock = (selected.get(segment.block) ?? 0) * 2 > inkOf(segment.block.textContent);
  }
}

function inkOf(text: string): number {
  return text.replace(/\s+/g, '').length;
}
