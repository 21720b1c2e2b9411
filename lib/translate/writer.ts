// Writes one segment's translation into its text nodes and puts the originals back. Only `data` of text nodes changes: no node
// is made, moved, split or removed, so links, listeners and a framework's own nodes stay what they are.
import type { CollectedSegment } from './collect.ts';
import type { Place } from './compose.ts';
import { createMarkParser, type MarkParser } from './marks.ts';

export interface Restored {
  /** Text nodes that are what they were. */
  restored: number;
  /** Text nodes the page has changed since; they are left alone. */
  changed: number;
}

export interface SegmentWriter {
  /** Takes the next part of the reply; nothing shows before `flush`. */
  feed(delta: string): void;
  /** Ends the reply; `complete`: it came to its end. */
  end(complete: boolean): void;
  flush(): void;
  /** Puts the originals back and forgets the reply. */
  restore(): Restored;
  /** What was written still stands in the page. */
  isIntact(): boolean;
  /** A reply has begun. */
  readonly hasText: boolean;
  /** The translation so far, without marks. */
  readonly text: string;
}

export function createSegmentWriter(segment: CollectedSegment): SegmentWriter {
  return new Writer(segment);
}

/** A text node and what stands in it between prefix and suffix. */
interface Written extends Place {
  piece: number;
  takesText: boolean;
  text: string;
  /** The page wrote into the node; it is the page's again. */
  isLost: boolean;
}

class Writer implements SegmentWriter {
  private readonly segment: CollectedSegment;
  private readonly nodes: Written[];
  private parser: MarkParser;

  constructor(segment: CollectedSegment) {
    this.segment = segment;
    this.parser = createMarkParser(segment.text, segment.firstMark);
    this.nodes = segment.pieces.flatMap((places, piece) =>
      places.map((place, index) => ({
        ...place,
        piece,
        takesText: index === 0,
        text: place.source,
        isLost: false,
      })),
    );
  }

  get hasText(): boolean {
    return this.parser.plain !== '';
  }

  get text(): string {
    return this.parser.plain;
  }

  feed(delta: string): void {
    this.parser.feed(delta);
  }

  end(complete: boolean): void {
    this.parser.end(complete);
  }

  flush(): void {
    if (!this.hasText) return;
    const { texts } = this.parser;
    for (const node of this.nodes) write(node, node.takesText ? (texts[node.piece] ?? '') : '');
  }

  isIntact(): boolean {
    return this.nodes.every(
      ({ node, prefix, text, suffix, isLost }) =>
        !isLost && node.isConnected && node.data === prefix + text + suffix,
    );
  }

  restore(): Restored {
    const result: Restored = { restored: 0, changed: 0 };
    for (const node of this.nodes) {
      if (node.text !== node.source || node.isLost) {
        write(node, node.source);
        result[node.isLost ? 'changed' : 'restored'] += 1;
      }
    }
    this.parser = createMarkParser(this.segment.text, this.segment.firstMark);
    return result;
  }
}

/** Growing text is inserted, not set anew: a reader's own selection in it survives. */
function write(written: Written, text: string): void {
  const { node, prefix, suffix } = written;
  if (node.data !== prefix + written.text + suffix) written.isLost = true;
  if (written.isLost || text === written.text) return;
  const isGrowth = text.startsWith(written.text);
  const from = prefix.length + (isGrowth ? written.text.length : 0);
  if (isGrowth) node.insertData(from, text.slice(written.text.length));
  else node.replaceData(from, written.text.length, text);
  written.text = text;
}
