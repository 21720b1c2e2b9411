// What an element is to a translation: a block of its own, part of a line, or something to leave alone.

/**
 * block: text in it is a segment of its own. inline: part of the line around it. through: not a block itself but holds some.
 * void: stays as it is, inside a line. barrier: stays as it is and ends the line. hidden: as if it were not there.
 */
export type Kind = 'block' | 'inline' | 'through' | 'void' | 'barrier' | 'hidden';

const LEFT_ALONE = [
  'code, pre, kbd, samp, var, tt, math, svg, canvas, img, picture, video, audio, iframe, object, embed',
  'textarea, input, select, button, meter, progress, mjx-container, .MathJax, .katex',
  '[translate="no" i], .notranslate, [contenteditable]:not([contenteditable="false" i])',
].join(', ');
const NEVER_SEEN = 'script, style, noscript, template, head, title, wbr, datalist, [hidden]';

/** Below this a text is not meant to be read. */
const LEAST_OPACITY = 0.1;
const LEAST_FONT_PX = 4;

export interface Classifier {
  kindOf(element: Element): Kind;
  /** False for text that cannot be read although its box is there. */
  isReadable(parent: Element): boolean;
  /** pre-wrap and its like: white space is shown as written. */
  keepsSpace(parent: Element): boolean;
}

/** Remembers what it saw; meant for one collection, before anything is written. */
export function createClassifier(view: Window): Classifier {
  const kinds = new Map<Element, Kind>();
  const kindOf = (element: Element): Kind => {
    const known = kinds.get(element);
    if (known) return known;
    const kind = classify(view, element, kindOf);
    kinds.set(element, kind);
    return kind;
  };
  return {
    kindOf,
    isReadable(parent) {
      const { visibility, fontSize } = view.getComputedStyle(parent);
      return visibility !== 'hidden' && visibility !== 'collapse' && !(parseFloat(fontSize) < LEAST_FONT_PX);
    },
    keepsSpace: (parent) => /^(pre|pre-wrap|break-spaces)\b/.test(view.getComputedStyle(parent).whiteSpace),
  };
}

/** Whether the element stands in something that is left alone. A page that opts out as a whole does not: the reader asked for this text. */
export function isLeftAlone(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const isPage = at === at.ownerDocument.documentElement || at === at.ownerDocument.body;
    if (!isPage && at.matches(LEFT_ALONE)) return true;
    if (at.matches('[contenteditable="false" i]')) return false;
  }
  return false;
}

function classify(view: Window, element: Element, kindOf: (element: Element) => Kind): Kind {
  if (element.matches(NEVER_SEEN)) return 'hidden';
  const style = view.getComputedStyle(element);
  const isInline = flowsInLine(element, style);
  if (style.display === 'none' || Number(style.opacity || 1) < LEAST_OPACITY || isClipped(element, style)) {
    return 'hidden';
  }
  if (element.matches(LEFT_ALONE)) return isInline ? 'void' : 'barrier';
  if (element.localName === 'br') return 'void';
  if (!isInline) return 'block';
  for (const child of element.children) {
    const kind = kindOf(child);
    if (kind === 'block' || kind === 'through' || kind === 'barrier') return 'through';
  }
  return 'inline';
}

function flowsInLine(element: Element, style: CSSStyleDeclaration): boolean {
  if (/^(inline|ruby|contents)|^$/.test(style.display)) return true;
  // A drop cap is a float by style and a letter of its line by sense.
  return style.float !== 'none' && style.float !== '' && element.matches('span, b, strong, i, em, big');
}

/** Text for screen readers only is usually cut to a pixel. */
function isClipped(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.position !== 'absolute' && style.position !== 'fixed') return false;
  const box = element.getBoundingClientRect();
  return style.overflow === 'hidden' && box.width <= 1 && box.height <= 1;
}
