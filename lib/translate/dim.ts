// Dims text without touching the DOM: a highlight of the document over what is not translated yet. What it looks like is in the page
// script's style sheet.

/** Also in the style sheet. */
const NAME = 'runnel-rest';

export interface Dim {
  /** Dims `node` between the two offsets and nowhere else; with `start` not before `end`, not at all. */
  set(node: Text, start: number, end: number): void;
}

const known = new WeakMap<Document, Dim>();

/** The one of a document; undefined where the browser has no highlights. */
export function findDim(document: Document): Dim | undefined {
  const view = document.defaultView;
  const dim = known.get(document) ?? (view ? createDim(view) : undefined);
  if (dim) known.set(document, dim);
  return dim;
}

function createDim(view: Window & typeof globalThis): Dim | undefined {
  const highlights = view.CSS?.highlights;
  if (!highlights) return undefined;
  const ranges = new WeakMap<Text, Range>();
  // Another version of the page script may have one.
  const highlight = highlights.get(NAME) ?? new view.Highlight();
  return {
    set(node, start, end) {
      const range = ranges.get(node);
      if (start >= end) {
        if (!range) return;
        highlight.delete(range);
        ranges.delete(node);
        if (highlight.size === 0) highlights.delete(NAME);
        return;
      }
      // Setting a range where it is draws all of it anew.
      if (range?.startOffset === start && range.endOffset === end) return;
      const set = range ?? node.ownerDocument.createRange();
      set.setStart(node, start);
      set.setEnd(node, end);
      if (range) return;
      ranges.set(node, set);
      if (highlight.size === 0) highlights.set(NAME, highlight);
      highlight.add(set);
    },
  };
}
