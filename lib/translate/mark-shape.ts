// What marks a segment has and which piece each stretch of its text is: read from the segment's own text, so that the reply can
// be held against it. Pure: no DOM.

/** A mark at the start of the string: `<1>`, `</1>` or `<1/>`. */
const MARK = /^<(\/?)\s?(\d{1,4})\s?(\/?)>/;
/** What may still become a mark when more text comes. */
const MARK_BEGUN = /^<\/?\s?\d{0,4}\s?\/?$/;
/** Longer than any mark. */
const MARK_SPAN = 12;

/** The segment itself, as the parent of its outermost marks. */
export const ROOT = 0;

export interface Mark {
  number: number;
  closes: boolean;
  isVoid: boolean;
  raw: string;
}

export interface Shape {
  marks: Map<number, { parent: number; isVoid: boolean }>;
  pieces: number;
  /** Holds everything when the marks come back broken: the first piece outside all marks, else the first. */
  plainPiece: number;
  /** The piece of the text after `run` child marks in `mark`. Where the source had no text it is the neighbour that keeps reading order. */
  pieceOf(mark: number, run: number): number;
}

/** Where the reader stands: in which mark, after how many of its child marks. */
export interface Place {
  mark: number;
  run: number;
}

/** Hands text and marks on in order; returns the end of `text` that may be a mark cut in two. */
export function scanMarks(
  text: string,
  onText: (text: string) => void,
  onMark: (mark: Mark) => void,
): string {
  let from = 0;
  let at = text.indexOf('<');
  while (at !== -1) {
    const rest = text.slice(at, at + MARK_SPAN);
    const match = MARK.exec(rest);
    if (match) {
      onText(text.slice(from, at));
      onMark({ raw: match[0], closes: match[1] !== '', number: Number(match[2]), isVoid: match[3] !== '' });
      from = at + match[0].length;
    } else if (at + rest.length === text.length && MARK_BEGUN.test(rest)) {
      onText(text.slice(from, at));
      return rest;
    }
    at = text.indexOf('<', Math.max(from, at + 1));
  }
  onText(text.slice(from));
  return '';
}

/** Reads the shape of a segment's text; its marks are taken to be right, we made them. */
export function readShape(source: string, firstMark: number): Shape {
  const reader = new ShapeReader();
  const rest = scanMarks(
    source,
    (text) => reader.text(text),
    (mark) => (mark.number < firstMark ? reader.text(mark.raw) : reader.mark(mark)),
  );
  reader.text(rest);
  reader.endRun();
  return reader.shape();
}

class ShapeReader {
  private readonly marks: Shape['marks'] = new Map();
  private readonly stack: Place[] = [];
  private place: Place = { mark: ROOT, run: 0 };
  /** By mark, the piece of each run. */
  private readonly runs = new Map<number, number[]>();
  private pieces = 0;
  private plainPiece: number | undefined;
  private run = '';
  private afterVoid = false;

  text(text: string): void {
    this.run += text;
  }

  mark({ number, closes, isVoid }: Mark): void {
    this.endRun();
    this.afterVoid = isVoid;
    if (closes) this.place = this.stack.pop() ?? this.place;
    else this.marks.set(number, { parent: this.place.mark, isVoid });
    if (closes || isVoid) this.place.run += 1;
    else {
      this.stack.push(this.place);
      this.place = { mark: number, run: 0 };
    }
  }

  endRun(): void {
    const { mark } = this.place;
    const runs = this.runs.get(mark) ?? [];
    this.runs.set(mark, runs);
    if (this.run === '') {
      // The piece before keeps reading order; after something that is skipped, and at the start, the next one does.
      runs.push(this.afterVoid ? this.pieces : this.pieces - 1);
      return;
    }
    if (mark === ROOT) this.plainPiece ??= this.pieces;
    runs.push(this.pieces);
    this.pieces += 1;
    this.run = '';
  }

  shape(): Shape {
    const { marks, pieces, runs, plainPiece = 0 } = this;
    const pieceOf = (mark: number, run: number): number => {
      const own = runs.get(mark);
      // After more child marks than the source had, text goes on in the last run.
      const piece = own?.[run] ?? own?.at(-1) ?? plainPiece;
      return Math.max(0, Math.min(piece, pieces - 1));
    };
    return { marks, pieces, plainPiece, pieceOf };
  }
}
