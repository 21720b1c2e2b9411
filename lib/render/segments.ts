// Cuts streamed markdown into segments that no later text can change, line by line.
//
// Cuts depend on the text before them only, never on how it was split into deltas: that is why a streamed
// answer ends with the same document as one that is rendered whole. Where it is unsure it does not cut,
// which costs time but is never wrong; the lexer finds the blocks inside a segment.
import { type Context, readLine } from './line-rules.ts';

export interface Fence {
  /** Length of the opening line with its newline; the code begins there. */
  headLength: number;
  marker: string;
}

export interface Segmenter {
  /** Takes normalised text (`\n` only) and returns the segments that it closed, oldest first. */
  push(text: string): string[];
  /** All text after the last cut. */
  tail(): string;
  /** The line that has no newline yet; part of `tail()`. */
  partialLine(): string;
  /** Set while the tail is one unfinished, unindented code fence whose opening line is complete. */
  openFence(): Fence | undefined;
}

export function createSegmenter(): Segmenter {
  // Lines of the open segment, complete with newline; joined only when somebody asks for the whole.
  let lines: string[] = [];
  let partial = '';
  let context: Context = { kind: 'none' };
  let afterBlank = false;
  let fence: Fence | undefined;
  let closed: string[] = [];

  function cut() {
    if (lines.length > 0) closed.push(lines.join(''));
    lines = [];
    context = { kind: 'none' };
    afterBlank = false;
    fence = undefined;
  }

  function takeLine(line: string) {
    const step = readLine(line, context, afterBlank);
    if (step.cutBefore) cut();
    const isFirst = lines.length === 0;
    if (isFirst && line.trim() === '') return;
    lines.push(`${line}\n`);
    context = step.context;
    afterBlank = step.blank;
    if (isFirst && context.kind === 'fence' && !line.startsWith(' ')) {
      fence = { headLength: line.length + 1, marker: context.marker };
    }
    if (step.cutAfter) cut();
  }

  return {
    push(text) {
      closed = [];
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        takeLine(partial + text.slice(start, end));
        partial = '';
        start = end + 1;
      }
      const fresh = text.slice(start);
      const wasEmpty = partial === '';
      partial += fresh;
      // A letter at the margin after a blank line begins a new block whatever follows it, so a long
      // paragraph does not keep the list before it open. It is cut here only if its own line would do it.
      if (wasEmpty && afterBlank && lines.length > 0 && /^\p{L}/u.test(partial)) {
        if (readLine('x', context, afterBlank).cutBefore) cut();
      }
      return closed;
    },
    tail: () => lines.join('') + partial,
    partialLine: () => partial,
    openFence: () => fence,
  };
}
