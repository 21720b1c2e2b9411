// Turns the parts of a line, as they stand in the page, into a segment's text and the text nodes that its pieces go to.
import { firstFreeMark } from './marks.ts';

export interface TextPart {
  kind: 'text';
  node: Text;
  /** The selected part of `node.data`. */
  start: number;
  end: number;
  keepsSpace: boolean;
  /** Not sent, but emptied where the text beside it is translated: the reading aid of a ruby. */
  isAid: boolean;
}

/** What a mark stands for. */
export interface Marked {
  node: Element;
  /** A part of its text is not selected, so it must stay beside what is around the selection. */
  isCut: boolean;
}

export type Part =
  | TextPart
  | (Marked & { kind: 'element'; children: Part[] })
  /** `hasText`: the skipped thing reads like a word, as code does. */
  | (Marked & { kind: 'void'; isBreak: boolean; hasText: boolean });

/** A text node that a piece is written to: `data` becomes `prefix` + text + `suffix`. */
export interface Place {
  node: Text;
  prefix: string;
  source: string;
  suffix: string;
}

export interface Composed {
  text: string;
  firstMark: number;
  /** By piece, the text nodes of that stretch; the first one is written to, the others are emptied. */
  pieces: Place[][];
  /** By mark, from `firstMark` on. */
  marks: Marked[];
}

const SPACE = /[ \t\n\r\f]+/g;
/** Invisible characters that can carry hidden instructions or turn text around; joiners stay, languages need them. */
const INVISIBLE = /[\u{AD}\u{200B}\u{202A}-\u{202E}\u{2060}-\u{2064}\u{FEFF}\u{E0000}-\u{E007F}]/gu;

/** The segment of a line; undefined where there is no letter to translate. */
export function findComposed(parts: Part[]): Composed | undefined {
  const line = trimEdges(unwrap(simplify(parts)));
  const plain = plainText(line);
  if (!/\p{L}/u.test(plain)) return undefined;
  const firstMark = firstFreeMark(plain);
  const composer = new Composer(firstMark);
  composer.addAll(line);
  return { firstMark, ...composer.finish() };
}

function isBlank(part: Part): boolean {
  return part.kind === 'text' && sentText(part).trim() === '';
}

function rawText({ node, start, end }: TextPart): string {
  return node.data.slice(start, end);
}

function sentText(part: TextPart): string {
  return part.isAid ? '' : rawText(part).replace(INVISIBLE, '');
}

function plainText(parts: Part[]): string {
  return parts
    .map((part) =>
      part.kind === 'text' ? sentText(part) : part.kind === 'element' ? plainText(part.children) : '',
    )
    .join('');
}

/** Takes out elements that hold no words: a mark around nothing is only a chance to lose it. */
function simplify(parts: Part[]): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.kind !== 'element') return [part];
    const children = simplify(part.children);
    if (children.some((child) => child.kind !== 'void' && !isBlank(child))) {
      return [{ ...part, children }];
    }
    const skipped = children.find((child) => child.kind === 'void');
    return skipped ? [{ ...skipped, node: part.node, isCut: part.isCut }] : children;
  });
}

/** An element around the whole line needs no mark. */
function unwrap(parts: Part[]): Part[] {
  const [only, ...others] = parts.filter((part) => !isBlank(part));
  return only?.kind === 'element' && others.length === 0 ? unwrap(only.children) : parts;
}

/** Pictures and line breaks at the ends of a line divide nothing. */
function trimEdges(parts: Part[]): Part[] {
  const matters = (part: Part) => !isBlank(part) && !(part.kind === 'void' && !part.hasText);
  const first = parts.findIndex(matters);
  return first === -1 ? [] : parts.slice(first, parts.findLastIndex(matters) + 1);
}

class Composer {
  #text = '';
  readonly #firstMark: number;
  readonly #marks: Marked[] = [];
  readonly #pieces: Place[][] = [];
  #run = '';
  #words: Place[] = [];
  /** White space and reading aids beside the words. */
  #besides: Place[] = [];
  #last: Place | undefined;
  #atSpace = true;

  constructor(firstMark: number) {
    this.#firstMark = firstMark;
  }

  addAll(parts: Part[]): void {
    for (const part of parts) {
      if (part.kind === 'text') {
        this.#addText(part);
        continue;
      }
      const mark = this.#firstMark + this.#marks.push({ node: part.node, isCut: part.isCut }) - 1;
      if (part.kind === 'void') this.#addMark(`<${mark}/>`);
      else {
        this.#addMark(`<${mark}>`);
        this.addAll(part.children);
        this.#addMark(`</${mark}>`);
      }
    }
  }

  finish(): Omit<Composed, 'firstMark'> {
    const trailing = this.#run.length - this.#run.trimEnd().length;
    this.#run = this.#run.trimEnd();
    if (trailing > 0 && this.#last) {
      const { source, suffix } = this.#last;
      this.#last.source = source.trimEnd();
      this.#last.suffix = source.slice(this.#last.source.length) + suffix;
    }
    this.#endRun();
    return { text: this.#text, pieces: this.#pieces, marks: this.#marks };
  }

  #addText(part: TextPart): void {
    const { node, start, end } = part;
    const sent = this.#shownText(part);
    let source = rawText(part);
    let prefix = node.data.slice(0, start);
    if (this.#text === '' && this.#run === '') {
      // White space that stands before the first word is no part of it.
      const space = /^\s*/.exec(source)?.[0] ?? '';
      prefix += space;
      source = source.slice(space.length);
    }
    this.#run += this.#text === '' && this.#run === '' ? sent.trimStart() : sent;
    const place = { node, prefix, source, suffix: node.data.slice(end) };
    if (part.isAid || source.trim() === '') this.#besides.push(place);
    else this.#words.push(place);
    if (!part.isAid) this.#last = place;
  }

  /** White space as the reader sees it. */
  #shownText(part: TextPart): string {
    const text = sentText(part);
    const collapsed = part.keepsSpace ? text : text.replace(SPACE, ' ');
    const shown =
      this.#atSpace && !part.keepsSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
    if (collapsed !== '') this.#atSpace = collapsed.endsWith(' ');
    return shown;
  }

  #addMark(mark: string): void {
    this.#endRun();
    this.#text += mark;
    if (mark.endsWith('/>')) this.#atSpace = false;
  }

  #endRun(): void {
    if (this.#run !== '') {
      this.#pieces.push([...this.#words, ...this.#besides]);
      this.#text += this.#run;
    }
    this.#run = '';
    this.#words = [];
    this.#besides = [];
  }
}
