// Reasoning that a model writes into its answer between <think> tags → reasoning and text. A step of the view: the message keeps the
// answer as it came, so that a continuation quotes what the model really wrote.

export interface ThinkPiece {
  reasoning: string;
  text: string;
  /**
   * What was handed out as text before was reasoning: a chat template had opened the tag, and only its end came. `reasoning` is then
   * all of it; a view clears the text it shows.
   */
  moved: boolean;
}

export interface ThinkSplitter {
  feed(text: string): ThinkPiece;
  /** What was held back, because it could have been the beginning of a tag. */
  end(): ThinkPiece;
}

/** A lone closing tag later than this is not believed: too much text would jump away. In UTF-16 units. */
const MAX_UNOPENED = 64 * 1024;
const OPEN = /^\s*<(think|thinking)>/;
const OPENINGS = ['<think>', '<thinking>'];
const QUOTES = '`"\'“”‘’«»';

export function splitThink(text: string): { reasoning: string; text: string } {
  const splitter = createThinkSplitter();
  const fed = splitter.feed(text);
  const rest = splitter.end();
  const shown = rest.moved ? '' : fed.text;
  return { reasoning: (rest.moved ? '' : fed.reasoning) + rest.reasoning, text: shown + rest.text };
}

/**
 * Only white space may come before an opening tag: one that comes later is part of the answer. A closing tag does not count between
 * quotation marks or in a code block: models do write about tags.
 */
export function createThinkSplitter(): ThinkSplitter {
  return new Splitter();
}

class Splitter implements ThinkSplitter {
  private state: 'start' | 'reasoning' | 'unopened' | 'gap' | 'text' = 'start';
  /** All that came while it is not decided what it is. */
  private seen = '';
  /** How much of `seen` was handed out. */
  private given = 0;
  private tag = '</think>';
  /** Where the search for a closing tag goes on. */
  private searched = 0;

  feed(text: string): ThinkPiece {
    if (this.state === 'text') return piece({ text });
    this.seen += text;
    return this.step(false);
  }

  end(): ThinkPiece {
    return this.state === 'text' ? piece({}) : this.step(true);
  }

  private step(atEnd: boolean): ThinkPiece {
    if (this.state === 'start') {
      const open = OPEN.exec(this.seen);
      if (open) {
        this.state = 'reasoning';
        this.tag = `</${open[1]}>`;
        this.seen = this.seen.slice(open[0].length);
      } else if (!atEnd && mayOpen(this.seen)) return piece({});
      else this.state = 'unopened';
    }
    if (this.state === 'gap') return piece({ text: this.afterGap() });
    const found = this.findClosing(atEnd);
    if (found === undefined) return this.giveOpen(atEnd);
    const unopened = this.state === 'unopened';
    const reasoning = this.seen.slice(unopened ? 0 : this.given, found);
    this.seen = this.seen.slice(found + this.tag.length);
    this.state = 'gap';
    return { reasoning, text: this.afterGap(), moved: unopened && this.given > 0 };
  }

  /** The text after the closing tag, without the empty lines that set it off. */
  private afterGap(): string {
    const text = this.seen.trimStart();
    this.seen = '';
    if (text !== '') this.state = 'text';
    return text;
  }

  /** Hands out what cannot be part of a closing tag. */
  private giveOpen(atEnd: boolean): ThinkPiece {
    const safe = atEnd ? this.seen.length : this.safeLength();
    const fresh = this.seen.slice(this.given, safe);
    this.given = Math.max(this.given, safe);
    if (this.state === 'reasoning') return piece({ reasoning: fresh });
    if (this.seen.length <= MAX_UNOPENED || atEnd) return piece({ text: fresh });
    const text = this.seen.slice(safe);
    this.state = 'text';
    this.seen = '';
    return piece({ text: fresh + text });
  }

  private safeLength(): number {
    const from = this.seen.lastIndexOf('<');
    if (from === -1) return this.seen.length;
    const tail = this.seen.slice(from);
    // A whole tag at the very end is looked at again when the next character is known.
    return tail.length <= this.tag.length && this.tag.startsWith(tail) ? from : this.seen.length;
  }

  /** Where the reasoning ends; undefined where it does not yet. */
  private findClosing(atEnd: boolean): number | undefined {
    for (;;) {
      const at = this.seen.indexOf(this.tag, this.searched);
      if (at === -1) {
        this.searched = Math.max(this.searched, this.seen.length - this.tag.length + 1);
        return undefined;
      }
      const next = this.seen[at + this.tag.length];
      if (next === undefined && !atEnd) {
        this.searched = at;
        return undefined;
      }
      if (at <= MAX_UNOPENED || this.state === 'reasoning') {
        if (this.closes(at, next)) return at;
      }
      this.searched = at + this.tag.length;
    }
  }

  private closes(at: number, next: string | undefined): boolean {
    const before = this.seen[at - 1];
    if (before !== undefined && next !== undefined && QUOTES.includes(before) && QUOTES.includes(next))
      return false;
    if (isInCodeBlock(this.seen, at)) return false;
    // Nothing opened it: in the middle of a sentence it is a word of the answer.
    return this.state === 'reasoning' || !(before === ' ' && next !== undefined && next !== '\n');
  }
}

/** Whether a text may yet turn out to begin with an opening tag. */
function mayOpen(text: string): boolean {
  const begun = text.trimStart();
  return OPENINGS.some((tag) => tag.startsWith(begun));
}

function isInCodeBlock(text: string, at: number): boolean {
  let open = false;
  for (const { index } of text.matchAll(/^ {0,3}(?:```|~~~)/gm)) {
    if (index > at) break;
    open = !open;
  }
  return open;
}

function piece(part: Partial<ThinkPiece>): ThinkPiece {
  return { reasoning: '', text: '', moved: false, ...part };
}
