// What is selected in a document, inside its open shadow trees too.
import { Span, type SpanEnds } from './span.ts';

/** Newer than the types we build with; StaticRanges whose ends are in different trees. */
interface ComposedSelection {
  getComposedRanges?(options: { shadowRoots: ShadowRoot[] }): SpanEnds[];
}

/** No browser nests trees deeper than this by accident. */
const MAX_DEPTH = 50;

/** Empty where nothing is selected. */
export function readSelection(document: Document): Span[] {
  const selection = document.getSelection();
  if (!selection) return [];
  // Only Firefox selects several ranges, and only in one tree.
  const ends = (selection.rangeCount < 2 && findComposed(selection)) || rangesOf(selection);
  return ends.map((one) => new Span(one)).filter((span) => !span.isCollapsed);
}

/** The selection's own ranges, of the document's tree: what is done to them is done to the selection. */
export function rangesOf(selection: Selection): Range[] {
  return Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
}

/** Only trees that are named are looked into. The host that hides an end tells which one to name next, so no page is searched. */
function findComposed(selection: Selection): SpanEnds[] | undefined {
  const composed = selection as ComposedSelection;
  const known = new Set<ShadowRoot>();
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const ranges = composed.getComposedRanges?.({ shadowRoots: [...known] });
    const before = known.size;
    for (const root of ranges?.flatMap(findRoots) ?? []) known.add(root);
    if (known.size === before) return ranges;
  }
  return undefined;
}

function findRoots({ startContainer, startOffset, endContainer, endOffset }: SpanEnds): ShadowRoot[] {
  const hosts = [startContainer.childNodes[startOffset], endContainer.childNodes[endOffset - 1]];
  return hosts.flatMap((host) => (host instanceof Element && host.shadowRoot ? [host.shadowRoot] : []));
}
