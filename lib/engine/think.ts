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
 * quotation marks, and one that nothing opened not in a code block or a sentence either: models do write about tags.
 */
export function createThinkSplitter(): ThinkSplitter {
  return new Splitter();
}

class Splitter implements ThinkSplitter {
  private state: 'start' | 'reasoning' | 'unopened' | 'gap' | 'text' = 'start';
  /** What is not handed out yet, and the character before it. */
  private held = '';
  private before = '';
  private tag = '</think>';
  /** While no tag has opened anything: what was handed out as text. In pieces, so that a long answer costs no more than its length. */
  private unopened: string[] = [];
  private unopenedLength = 0;

  feed(text: string): ThinkPiece {
    if (this.state === 'text') return piece({ text });
    this.held += text;
    return this.step(false);
  }

  end(): ThinkPiece {
    return this.state === 'text' ? piece({}) : this.step(true);
  }

  private step(atEnd: boolean): ThinkPiece {
    if (this.state === 'gap') return piece({ text: this.takeAfterGap() });
    if (this.state === 'start') {
      const open = OPEN.exec(this.held);
      if (!open && !atEnd && mayOpen(this.held)) return piece({});
      this.state = open ? 'reasoning' : 'unopened';
      this.tag = `</${open?.[1] ?? 'think'}>`;
      this.held = this.held.slice(open?.[0].length ?? 0);
    }
    let out = '';
    for (;;) {
      const at = this.held.indexOf(this.tag);
      const next = this.held[at + this.tag.length];
      if (at === -1 || (next === undefined && !atEnd)) {
        out += this.take(at === -1 ? this.safeLength(atEnd) : at);
        break;
      }
      out += this.take(at);
      if (this.closes(next)) return this.close(out);
      out += this.take(this.tag.length);
    }
    if (this.state === 'reasoning') return piece({ reasoning: out });
    if (this.unopenedLength <= MAX_UNOPENED) return piece({ text: out });
    this.state = 'text';
    return piece({ text: out + this.take(this.held.length) });
  }

  private close(out: string): ThinkPiece {
    const all = this.state === 'reasoning' ? out : this.unopened.join('');
    const moved = all.length > out.length;
    this.state = 'gap';
    this.held = this.held.slice(this.tag.length);
    return { reasoning: all, text: this.takeAfterGap(), moved };
  }

  private take(length: number): string {
    const taken = this.held.slice(0, length);
    this.held = this.held.slice(length);
    this.before = taken.at(-1) ?? this.before;
    if (this.state === 'unopened') {
      this.unopened.push(taken);
      this.unopenedLength += taken.length;
    }
    return taken;
  }

  /** The text after the closing tag, without the empty lines that set it off. */
  private takeAfterGap(): string {
    const text = this.held.trimStart();
    this.held = '';
    if (text !== '') this.state = 'text';
    return text;
  }

  /** How much of what is held cannot be part of a closing tag. */
  private safeLength(atEnd: boolean): number {
    const from = this.held.lastIndexOf('<');
    const mayClose = from !== -1 && this.tag.startsWith(this.held.slice(from));
    return mayClose && !atEnd ? from : this.held.length;
  }

  /** Whether the tag that comes next ends the reasoning. */
  private closes(next: string | undefined): boolean {
    const quoted = next !== undefined && isQuote(this.before) && isQuote(next);
    if (this.state === 'reasoning') return !quoted;
    // Nothing opened it. Taken wrongly, an answer about tags would vanish among the reasoning; left wrongly, a tag is seen.
    if (this.unopenedLength > MAX_UNOPENED || quoted) return false;
    const inSentence = this.before === ' ' && next !== undefined && next !== '\n';
    const all = this.unopened.join('');
    return !inSentence && !isInCodeBlock(all) && !OPENINGS.some((tag) => all.includes(tag));
  }
}

/** Whether a text may yet turn out to begin with an opening tag. */
function mayOpen(text: string): boolean {
  const begun = text.trimStart();
  return OPENINGS.some((tag) => tag.startsWith(begun));
}

function isInCodeBlock(before: string): boolean {
  return (before.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0) % 2 === 1;
}

function isQuote(char: string): boolean {
  return char !== '' && QUOTES.includes(char);
}

function piece(part: Partial<ThinkPiece>): ThinkPiece {
  return { reasoning: '', text: '', moved: false, ...part };
}
