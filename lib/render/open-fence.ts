// A code fence that is being written: only new text is looked at, however long it has become.
import type { Links, MarkedToken } from 'marked';
import { codeText } from './block-nodes.ts';
import { type CodeWriter, createCodeFigure, createCodeWriter } from './code-figure.ts';
import { decodeEntities } from './entities.ts';
import type { Groups } from './groups.ts';
import type { Scope } from './inline-nodes.ts';
import { lexSegment } from './lex.ts';

export interface OpenFence {
  /** Code that is new; `partialLine` is the end of it that has no newline yet. */
  append(fresh: string, partialLine: string): void;
  /** Brings the figure to what the lexer makes of the whole segment; undefined where that is something else. */
  finish(segment: string): HTMLElement | undefined;
  remove(): void;
}

// May be the beginning of the closing fence; a longer line cannot be.
const MAY_CLOSE = /^ {0,3}(?:(?:`+|~+) *)?$/;
const MAX_CLOSE_CHARS = 200;

function findCode(segment: string, links: Links): { info: string; text: string } | undefined {
  const { tokens } = lexSegment(segment, links);
  const token = tokens[0] as MarkedToken | undefined;
  if (tokens.length !== 1 || token?.type !== 'code') return undefined;
  return { info: decodeEntities(token.lang ?? ''), text: codeText(token) };
}

/** `head` is the opening line with its newline. */
export function createOpenFence(groups: Groups, scope: Scope, head: string, links: Links): OpenFence {
  const { figure, code } = createCodeFigure(scope.page, findCode(head, links)?.info ?? '', scope.options);
  const writer: CodeWriter = createCodeWriter(code);
  let written = 0;
  // Code that has come and is not shown: the last newline, and a line that may be the closing fence.
  let held = '';
  groups.current().append(figure);

  function write(text: string) {
    writer.append(text);
    written += text.length;
  }

  return {
    append(fresh, partialLine) {
      const text = held + fresh;
      const mayClose = partialLine.length < MAX_CLOSE_CHARS && MAY_CLOSE.test(partialLine);
      let end = mayClose ? text.length - partialLine.length : text.length;
      if (mayClose && text[end - 1] === '\n') end -= 1;
      if (end > 0) write(text.slice(0, end));
      held = text.slice(Math.max(end, 0));
    },
    finish(segment) {
      const final = findCode(segment, links);
      if (final === undefined || final.text.length < written) return undefined;
      write(final.text.slice(written));
      figure.classList.add('block');
      return figure;
    },
    remove: () => figure.remove(),
  };
}
