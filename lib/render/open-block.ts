// The end of a streamed answer that may still change: lexed again each frame, patched where it differs.
import type { Links, Token } from 'marked';
import { createBlockElement } from './block-nodes.ts';
import type { Groups } from './groups.ts';
import type { Scope } from './inline-nodes.ts';
import { type Lexed, lexSegment } from './lex.ts';
import { findParts } from './parts.ts';
import { repairTail } from './repair.ts';

interface Shown {
  token: Token;
  element: HTMLElement;
  /** Its last text was appended to without the lexer, so its source no longer says what it shows. */
  dirty: boolean;
}

export interface OpenBlock {
  /** `tail` is all of the open text; `fresh` what came since the last call, if only that was added. */
  update(tail: () => string, fresh: string): void;
  /** Renders the segment for good and leaves its elements in the root. */
  finish(segment: string): Finished;
  /** Takes its elements out again; for a block that turned out to be of another kind. */
  clear(): void;
}

export interface Finished extends Lexed {
  elements: HTMLElement[];
}

// Text without any character that markdown gives a meaning to, anywhere in a line.
const PLAIN = /^[\p{L}\p{M}\p{N} ,;.?'"“”‘’«»…–—、。，「」]*$/u;
const MAX_COMPARED = 80;
const TEXT_BLOCKS: ReadonlySet<string> = new Set(['P', 'LI', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6']);

interface Growing {
  text: Text;
  /** Spaces that end the source and that the lexer left out, since nothing followed them yet. */
  pad: string;
}

/** The text node that plain words may be appended to, if the lexer would put them there as well. */
function findGrowing(last: Element | undefined, tail: string): Growing | undefined {
  let node: Node | null | undefined = last;
  while (node?.lastChild) node = node.lastChild;
  if (node?.nodeType !== 3 || !TEXT_BLOCKS.has(node.parentElement?.tagName ?? '')) return undefined;
  const text = node as Text;
  const end = tail.slice(-MAX_COMPARED);
  const [, word = '', spaces = ''] = /([\p{L}\p{N},;.]+)( *)$/u.exec(end) ?? [];
  // Nothing is appended where marks were hidden or completed: the source does not end in what is shown.
  if (word === '' || !end.trimEnd().endsWith(text.data.trimEnd().slice(-MAX_COMPARED / 2))) return undefined;
  return { text, pad: text.data.endsWith(word + spaces) ? '' : spaces };
}

function isSame(shown: Shown | undefined, token: Token | undefined): boolean {
  if (shown === undefined || token === undefined || shown.dirty) return false;
  return shown.token.type === token.type && shown.token.raw === token.raw;
}

/** Replaces only the parts that differ; false where the two are not the same block grown further. */
function patchParts(shown: Shown, token: Token, scope: Scope): boolean {
  const before = findParts(shown.token);
  const after = findParts(token);
  if (before === undefined || after === undefined || before.shape !== after.shape) return false;
  const container = after.findContainer(shown.element);
  if (container === null) return false;
  const sure = shown.dirty ? before.sources.length - 1 : before.sources.length;
  let kept = 0;
  while (kept < sure && kept < after.sources.length && before.sources[kept] === after.sources[kept]) kept++;
  while (container.childNodes.length > kept) container.lastChild?.remove();
  for (let index = kept; index < after.sources.length; index++) {
    container.append(after.createPart(scope, index));
  }
  shown.token = token;
  shown.dirty = false;
  return true;
}

export function createOpenBlock(groups: Groups, scope: Scope, links: Links): OpenBlock {
  let shown: Shown[] = [];
  let growing: Growing | undefined;
  // The definitions that what is shown was made with, beside the known ones.
  let definitions = '';

  function show({ tokens, defined, notes }: Lexed) {
    scope.notes.showOpen(notes);
    const now = JSON.stringify(defined);
    if (now !== definitions) clear();
    definitions = now;
    let kept = 0;
    while (kept < shown.length && isSame(shown[kept], tokens[kept])) kept++;
    const grown = shown[kept];
    const token = tokens[kept];
    if (grown && token && patchParts(grown, token, scope)) kept++;
    for (const gone of shown.splice(kept)) gone.element.remove();
    for (const next of tokens.slice(kept)) {
      const element = createBlockElement(scope, next);
      groups.current().append(element);
      shown.push({ token: next, element, dirty: false });
    }
  }

  function clear() {
    for (const { element } of shown) element.remove();
    shown = [];
    growing = undefined;
  }

  return {
    update(tail, fresh) {
      const end = shown.at(-1);
      if (growing && end && PLAIN.test(fresh)) {
        growing.text.appendData(growing.pad + fresh);
        growing.pad = '';
        end.dirty = true;
        return;
      }
      const text = tail();
      const lexed = lexSegment(repairTail(text), links);
      show(lexed);
      growing = lexed.notes.length > 0 ? undefined : findGrowing(shown.at(-1)?.element, text);
    },
    finish(segment) {
      const lexed = lexSegment(segment, links);
      show(lexed);
      Object.assign(links, lexed.defined);
      const elements = shown.map(({ element }) => element);
      for (const element of elements) element.classList.add('block');
      shown = [];
      growing = undefined;
      definitions = '';
      return { ...lexed, elements };
    },
    clear,
  };
}
