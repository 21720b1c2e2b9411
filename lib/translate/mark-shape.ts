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

/** What a mark holds, or the segment itself. */
export interface Holder {
  /** Its child marks, in order. */
  marks: number[];
  /** The piece before each child mark and the one after the last; undefined where no text stands. */
  pieces: (number | undefined)[];
}

export interface Shape {
  marks: Map<number, { parent: number; isVoid: boolean }>;
  /** By mark; void marks hold nothing and are not among them. */
  holders: Map<number, Holder>;
  /** How many pieces there are. */
  pieces: number;
  /** Holds everything when the marks come back broken: the first piece outside all marks, else the first. */
  plainPiece: number;
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
  readonly #marks: Shape['marks'] = new Map();
  readonly #holders: Shape['holders'] = new Map([[ROOT, { marks: [], pieces: [] }]]);
  readonly #stack: number[] = [];
  #holder = ROOT;
  #pieces = 0;
  #plainPiece: number | undefined;
  #run = '';

  text(text: string): void {
    this.#run += text;
  }

  mark({ number, closes, isVoid }: Mark): void {
    this.endRun();
    if (closes) {
      this.#holder = this.#stack.pop() ?? ROOT;
      return;
    }
    this.#marks.set(number, { parent: this.#holder, isVoid });
    this.#holders.get(this.#holder)?.marks.push(number);
    if (isVoid) return;
    this.#stack.push(this.#holder);
    this.#holder = number;
    this.#holders.set(number, { marks: [], pieces: [] });
  }

  endRun(): void {
    const isBlank = this.#run === '';
    this.#run = '';
    this.#holders.get(this.#holder)?.pieces.push(isBlank ? undefined : this.#pieces);
    if (isBlank) return;
    if (this.#holder === ROOT) this.#plainPiece ??= this.#pieces;
    this.#pieces += 1;
  }

  shape(): Shape {
    const marks = this.#marks;
    const holders = this.#holders;
    const pieces = this.#pieces;
    const plainPiece = this.#plainPiece ?? 0;
    return { marks, holders, pieces, plainPiece };
  }
}
