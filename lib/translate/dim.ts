// Dims text without touching the DOM: a highlight of the document over what is not translated yet. What it looks like is in the page
// script's style sheet.

/** Also in the style sheet. */
const REST = 'runnel-rest';
const GAP = 'runnel-gap';

export interface Dim {
  /** Hides `node` from `start` to `seen`, dims it from there to `end`, and does neither anywhere else; with `start` not before `end`, not at all. */
  set(node: Text, start: number, end: number, seen?: number): void;
}

const known = new WeakMap<object, Dim>();

/** The one of a document; undefined where the browser has no highlights. */
export function findDim(document: Document): Dim | undefined {
  const view = document.defaultView;
  const highlights = view?.CSS?.highlights;
  if (!highlights) return undefined;
  const dim = known.get(highlights) ?? createDim(view);
  known.set(highlights, dim);
  return dim;
}

function createDim(view: Window & typeof globalThis): Dim {
  const hide = createMarker(view, GAP);
  const dim = createMarker(view, REST);
  return {
    set(node, start, end, seen = start) {
      hide(node, start, seen);
      dim(node, seen, end);
    },
  };
}

type Marker = (node: Text, start: number, end: number) => void;

/** Keeps one range a node in the highlight of that name. */
function createMarker(view: Window & typeof globalThis, name: string): Marker {
  const { highlights } = view.CSS;
  const ranges = new WeakMap<Text, Range>();
  // Another version of the page script may have one.
  const highlight = highlights.get(name) ?? new view.Highlight();
  return (node, start, end) => {
    const range = ranges.get(node);
    if (start >= end) {
      if (!range) return;
      highlight.delete(range);
      ranges.delete(node);
      if (highlight.size === 0) highlights.delete(name);
      return;
    }
    // Setting a range where it is draws all of it anew.
    if (range?.startOffset === start && range.endOffset === end) return;
    const set = range ?? node.ownerDocument.createRange();
    set.setStart(node, start);
    set.setEnd(node, end);
    if (range) return;
    ranges.set(node, set);
    if (highlight.size === 0) highlights.set(name, highlight);
    highlight.add(set);
  };
}
