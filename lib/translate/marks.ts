// Numbered marks: how inline markup travels through a model. A segment such as `See <1>the manual</1> or <2/>.` is text with
// marks; each stretch of text between two marks is a piece, numbered in reading order. Pure: no DOM.
import { type Mark, ROOT, readShape, type Shape, scanMarks } from './mark-shape.ts';

/** What a reply has put into a mark so far, or into the segment itself. */
export interface Reply {
  mark: number;
  /** The text before each of `marks`, and what stands behind the last of them once that is closed. */
  texts: string[];
  /** In the order in which they came; void ones hold nothing. */
  marks: Reply[];
  isClosed: boolean;
}

export interface MarkParser {
  /** Takes the next part of the reply, split anywhere. */
  feed(delta: string): void;
  /** Ends the reply. `complete`: it came to its end, so every mark must have come back. */
  end(complete: boolean): void;
  /** What came so far, by its marks. Of no use after a broken one. */
  readonly reply: Readonly<Reply>;
  /** The reply without marks. */
  readonly plain: string;
  /** Marks came back unknown, doubled, wrongly nested, unclosed or not at all. */
  readonly broken: boolean;
  readonly shape: Shape;
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

const emptyReply = (mark: number): Reply => ({ mark, texts: [''], marks: [], isClosed: false });

class Parser implements MarkParser {
  broken = false;
  plain = '';
  readonly reply = emptyReply(ROOT);
  readonly shape: Shape;
  readonly #firstMark: number;
  /** The end of what came, when it may be a mark cut in two. */
  #held = '';
  readonly #seen = new Set<number>();
  /** The marks that are open around `at`. */
  readonly #around: Reply[] = [];
  #at = this.reply;

  constructor(shape: Shape, firstMark: number) {
    this.shape = shape;
    this.#firstMark = firstMark;
  }

  feed(delta: string): void {
    this.#held = scanMarks(
      this.#held + delta,
      (text) => this.#text(text),
      (mark) => this.#mark(mark),
    );
  }

  end(complete: boolean): void {
    this.#text(this.#held);
    this.#held = '';
    if (!complete) return;
    if (this.#around.length > 0) this.broken = true;
    this.#leave(this.#at);
    // The line break that a model likes to end with is no part of the translation.
    this.plain = this.plain.trimEnd();
    const { texts } = this.reply;
    texts.push((texts.pop() ?? '').trimEnd());
  }

  #text(text: string): void {
    // Behind code or a picture that begins the line there is a space to keep.
    const isStart = this.plain === '' && this.#seen.size === this.#around.length;
    const added = isStart ? text.trimStart() : text;
    if (added === '') return;
    const { texts } = this.#at;
    this.plain = (this.plain + added).trimStart();
    texts.push((texts.pop() ?? '') + added);
  }

  #mark({ number, closes, isVoid, raw }: Mark): void {
    const shape = this.shape.marks.get(number);
    if (number < this.#firstMark) this.#text(raw);
    else if (!shape) this.broken = true;
    // `<2></2>` for `<2/>` does no harm: it was closed when it opened.
    else if (closes && shape.isVoid) return;
    else if (closes) this.#close(number);
    else {
      if (this.#seen.has(number) || shape.parent !== this.#at.mark || (isVoid && !shape.isVoid)) {
        this.broken = true;
      }
      this.#open(number, shape.isVoid);
    }
  }

  #open(number: number, isVoid: boolean): void {
    this.#seen.add(number);
    const mark = emptyReply(number);
    this.#at.marks.push(mark);
    if (isVoid) this.#at.texts.push('');
    else {
      this.#around.push(this.#at);
      this.#at = mark;
    }
  }

  #close(number: number): void {
    const parent = this.#at.mark === number ? this.#around.pop() : undefined;
    if (!parent) {
      this.broken = true;
      return;
    }
    this.#leave(this.#at);
    this.#at = parent;
    parent.texts.push('');
  }

  #leave(reply: Reply): void {
    reply.isClosed = true;
    if (reply.marks.length < (this.shape.holders.get(reply.mark)?.marks.length ?? 0)) this.broken = true;
  }
}
