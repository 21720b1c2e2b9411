// Writes one segment's translation into its text nodes and puts the originals back. Text is rewritten where it stands; elements change
// places only where their marks come back in another order, and text nodes of ours come in only where the page has none for words that
// stand between two elements. So links, listeners and a framework's own nodes stay what they are.
import { type Arrangement, createArrangement } from './arrange.ts';
import type { CollectedSegment } from './collect.ts';
import type { Marked } from './compose.ts';
import type { Dim } from './dim.ts';
import { type Extra, type Layout, layOut, layOutPlain } from './layout.ts';
import { createMarkParser, type MarkParser } from './marks.ts';
import { widthOf } from './rest.ts';
import {
  createWritten,
  isKept,
  isWrittenTo,
  lostPart,
  type Restored,
  restore,
  type Written,
  write,
  writePiece,
} from './written.ts';

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
  /** The page has changed so much of the block that it has it back, and nothing more is written there. */
  readonly isGone: boolean;
  /** A reply has begun. */
  readonly hasText: boolean;
  /** The translation so far, without marks. */
  readonly text: string;
  /** The reply's marks could not be followed, so its text stands without the original's formatting. */
  readonly isPlain: boolean;
}

/** With `dim`, what is not translated yet stays to be read, dimmed; without, it goes as the reply begins. */
export function createSegmentWriter(segment: CollectedSegment, dim?: Dim): SegmentWriter {
  return new Writer(segment, dim);
}

class Writer implements SegmentWriter {
  readonly #segment: CollectedSegment;
  readonly #dim: Dim | undefined;
  readonly #pieces: Written[][];
  #parser: MarkParser;
  /** By holder of marks; made when something is to be moved or put in there. */
  readonly #arrangements = new Map<number, Arrangement>();
  /** Text nodes of ours, by holder and place. */
  readonly #added = new Map<string, Written>();
  #cannotFollow = false;
  #isOver = false;
  isGone = false;

  constructor(segment: CollectedSegment, dim: Dim | undefined) {
    this.#segment = segment;
    this.#dim = dim;
    this.#parser = createMarkParser(segment.text, segment.firstMark);
    this.#pieces = segment.pieces.map((places) => places.map(createWritten));
  }

  get hasText(): boolean {
    return this.#parser.plain !== '';
  }

  get text(): string {
    return this.#parser.plain;
  }

  get isPlain(): boolean {
    return this.#parser.broken || this.#cannotFollow;
  }

  feed(delta: string): void {
    this.#parser.feed(delta);
  }

  end(complete: boolean): void {
    this.#parser.end(complete);
    this.#isOver = true;
  }

  flush(): void {
    if (!this.hasText || this.isGone) return;
    this.isGone = this.#isTaken();
    if (this.isGone) return void this.#takeBackAll();
    const { shape, reply } = this.#parser;
    const layout = layOut(shape, reply);
    this.#cannotFollow ||= !this.#parser.broken && !this.#follow(layout);
    if (this.isPlain) this.#takeBack();
    this.#writePieces(this.isPlain ? layOutPlain(shape, this.#parser.plain) : layout);
  }

  isIntact(): boolean {
    return !this.isGone && [...this.#pieces.flat(), ...this.#added.values()].every(isKept);
  }

  restore(): Restored {
    const result = this.#takeBackAll();
    this.#parser = createMarkParser(this.#segment.text, this.#segment.firstMark);
    this.#cannotFollow = this.#isOver = this.isGone = false;
    return result;
  }

  /** Rows of a list that scrolls are used again for other text, and what we have must not stand beside that. */
  #isTaken(): boolean {
    const isDisturbed = [...this.#arrangements.values()].some((arrangement) => arrangement.isDisturbed());
    return isDisturbed || lostPart(this.#pieces.flat()) > (this.isPlain ? 0 : 0.5);
  }

  /** Brings elements, and text nodes of ours, to their places; false where that is not possible. */
  #follow({ orders, extras }: Layout): boolean {
    for (const [holder, order] of orders) if (!this.#arrange(holder, order)) return false;
    return extras.every((extra) => this.#addText(extra));
  }

  #arrange(holder: number, order: number[]): boolean {
    const known = this.#parser.shape.holders.get(holder)?.marks ?? [];
    const moved = known.filter((mark, place) => order[place] !== mark);
    if (moved.length === 0 && !this.#arrangements.has(holder)) return true;
    if (moved.some((mark) => this.#markedBy(mark)?.isCut)) return false;
    return this.#arrangementOf(holder).arrange(this.#elementsOf(order));
  }

  #addText({ holder, place, text }: Extra): boolean {
    const key = `${holder} ${place}`;
    let ours = this.#added.get(key);
    if (!ours) {
      const marks = this.#parser.shape.holders.get(holder)?.marks ?? [];
      // Beyond an element that is selected in part stands what is not selected.
      const edge = place === 0 ? marks[0] : place === marks.length ? marks.at(-1) : undefined;
      if (edge !== undefined && this.#markedBy(edge)?.isCut) return false;
      const node = this.#segment.block.ownerDocument.createTextNode('');
      if (!this.#arrangementOf(holder).insert(node, place)) return false;
      ours = createWritten({ node, prefix: '', source: '', suffix: '' });
      this.#added.set(key, ours);
    }
    write(ours, text, '', undefined);
    return true;
  }

  #takeBackAll(): Restored {
    const result = this.#takeBack();
    for (const written of this.#pieces.flat()) {
      if (!isWrittenTo(written)) restore(written, this.#dim);
      else result[restore(written, this.#dim) ? 'restored' : 'changed'] += 1;
    }
    return result;
  }

  /** Takes text nodes of ours out and puts elements back. */
  #takeBack(): Restored {
    const result: Restored = { restored: 0, changed: 0 };
    for (const ours of this.#added.values()) {
      if (restore(ours, undefined)) ours.node.remove();
      else result.changed += 1;
    }
    this.#added.clear();
    for (const arrangement of this.#arrangements.values()) {
      const { restored, changed } = arrangement.restore();
      result.restored += restored;
      result.changed += changed;
    }
    this.#arrangements.clear();
    return result;
  }

  #writePieces({ pieces }: Layout): void {
    for (const [index, nodes] of this.#pieces.entries()) {
      const { text = '', isWhole = false } = pieces[index] ?? {};
      const room = !this.#dim || isWhole ? Number.POSITIVE_INFINITY : widthOf(text);
      writePiece(nodes, text, room, this.#isOver, this.#dim);
    }
  }

  #arrangementOf(holder: number): Arrangement {
    const known = this.#arrangements.get(holder);
    if (known) return known;
    const marks = this.#parser.shape.holders.get(holder)?.marks ?? [];
    const arrangement = createArrangement(this.#elementsOf(marks));
    this.#arrangements.set(holder, arrangement);
    return arrangement;
  }

  #elementsOf(marks: number[]): Element[] {
    return marks.flatMap((mark) => this.#markedBy(mark)?.node ?? []);
  }

  #markedBy(mark: number): Marked | undefined {
    return this.#segment.marks[mark - this.#segment.firstMark];
  }
}
