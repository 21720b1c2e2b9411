// Numbered marks: how inline markup travels through a model. A segment such as `See <1>the manual</1> or <2/>.` is text with
// marks; each stretch of text between two marks is a piece, numbered in reading order. Pure: no DOM.
import { type Mark, type Place, ROOT, readShape, type Shape, scanMarks } from './mark-shape.ts';

export interface MarkParser {
  /** Takes the next part of the reply, split anywhere. */
  feed(delta: string): void;
  /** Ends the reply. `complete`: it came to its end, so every mark must have come back. */
  end(complete: boolean): void;
  /** The text of each piece so far. After a broken mark: all of it in one piece, the others empty. */
  readonly texts: readonly string[];
  /** The reply without marks. */
  readonly plain: string;
  /** Marks came back unknown, doubled, wrongly nested, unclosed or not at all. */
  readonly broken: boolean;
}

/** Whether a segment's text carries marks. */
export function hasMarks(text: string): boolean {
  return /<\d{1,4}\/?>/.test(text);
}

/** The lowest number that cannot be mistaken for something in `text` that looks like a mark already. */
export function firstFreeMark(text: string): number {
  let highest = 0;
  for (const [, number] of text.matchAll(/<\/?\s?(\d{1,4})\s?\/?>/g)) {
    highest = Math.max(highest, Number(number));
  }
  return highest + 1;
}

/** Reads replies to `source`. Numbers below `firstMark` are not marks but text that only looks like them. */
export function createMarkParser(source: string, firstMark = 1): MarkParser {
  return new Parser(readShape(source, firstMark), firstMark);
}

class Parser implements MarkParser {
  broken = false;
  plain = '';
  private readonly shape: Shape;
  private readonly firstMark: number;
  private readonly routed: string[];
  /** The piece that was written last. */
  private lastPiece = 0;
  /** The end of what came, when it may be a mark cut in two. */
  private held = '';
  private readonly seen = new Set<number>();
  private readonly stack: Place[] = [];
  private place: Place = { mark: ROOT, run: 0 };

  constructor(shape: Shape, firstMark: number) {
    this.shape = shape;
    this.firstMark = firstMark;
    this.routed = Array.from({ length: shape.pieces }, () => '');
  }

  get texts(): readonly string[] {
    if (!this.broken) return this.routed;
    return this.routed.map((_, piece) => (piece === this.shape.plainPiece ? this.plain : ''));
  }

  feed(delta: string): void {
    this.held = scanMarks(
      this.held + delta,
      (text) => this.text(text),
      (mark) => this.mark(mark),
    );
  }

  end(complete: boolean): void {
    this.text(this.held);
    this.held = '';
    if (!complete) return;
    if (this.stack.length > 0 || this.seen.size < this.shape.marks.size) this.broken = true;
    // The line break that a model likes to end with is no part of the translation.
    this.plain = this.plain.trimEnd();
    this.routed[this.lastPiece] = this.routed[this.lastPiece]?.trimEnd() ?? '';
  }

  private text(text: string): void {
    const added = this.plain === '' ? text.trimStart() : text;
    if (added === '') return;
    this.plain += added;
    this.lastPiece = this.shape.pieceOf(this.place.mark, this.place.run);
    this.routed[this.lastPiece] += added;
  }

  private mark({ number, closes, isVoid, raw }: Mark): void {
    const shape = this.shape.marks.get(number);
    if (number < this.firstMark) this.text(raw);
    else if (!shape) this.broken = true;
    else if (closes) this.close(number, shape.isVoid);
    else this.open(number, shape.parent, isVoid || shape.isVoid);
  }

  private open(number: number, parent: number, isVoid: boolean): void {
    if (this.seen.has(number) || parent !== this.place.mark) this.broken = true;
    this.seen.add(number);
    if (isVoid) this.place.run += 1;
    else {
      this.stack.push(this.place);
      this.place = { mark: number, run: 0 };
    }
  }

  private close(number: number, isVoid: boolean): void {
    // `<2></2>` for `<2/>` does no harm: it was closed when it opened.
    if (isVoid) return;
    const parent = this.place.mark === number ? this.stack.pop() : undefined;
    if (!parent) {
      this.broken = true;
      return;
    }
    this.place = parent;
    this.place.run += 1;
  }
}
