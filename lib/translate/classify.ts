// What an element is to a translation: a block of its own, part of a line, or something to leave alone.
import { findAround, flatChildren } from './flat.ts';
import { isProse } from './prose.ts';
import { kindOfSvg } from './svg.ts';

/**
 * block: text in it is a segment of its own. inline: part of the line around it. through: not a block itself but holds some.
 * void: stays as it is, inside a line. barrier: stays as it is and ends the line. hidden: as if it were not there.
 */
export type Kind = 'block' | 'inline' | 'through' | 'void' | 'barrier' | 'hidden';

/** Whatever the reader wants: there is nothing to read in them, or it is being typed. */
const NEVER_WRITTEN =
  'canvas, img, picture, video, audio, iframe, object, embed, textarea, input, select, button, meter, progress, [contenteditable]:not([contenteditable="false" i])';
const NEVER_SEEN =
  '[data-runnel-below], script, style, noscript, template, head, title, wbr, datalist, [hidden], details:not([open]) > :not(summary:first-of-type)';

/** Below this a text is not meant to be read. */
const LEAST_OPACITY = 0.1;
const LEAST_FONT_PX = 4;

export interface Classifier {
  kindOf(element: Element): Kind;
  /** False for text that cannot be read although its box is there. */
  isReadable(parent: Element): boolean;
  /** pre-wrap and its like: white space is shown as written. */
  keepsSpace(parent: Element): boolean;
  /** Whether the element stands in something that is left alone. A page that opts out as a whole does not: the reader asked for this text. */
  isLeftAlone(element: Element): boolean;
}

/** Remembers what it saw; meant for one collection, before anything is written. */
export function createClassifier(leftAlone: string): Classifier {
  const kinds = new Map<Element, Kind>();
  const leave = isSelector(leftAlone) ? `${NEVER_WRITTEN}, ${leftAlone}` : NEVER_WRITTEN;
  const isToLeave = (element: Element) =>
    element.matches(leave) || (element.localName === 'pre' && !isProse(element));
  const kindOf = (element: Element): Kind => {
    const known = kinds.get(element);
    if (known) return known;
    const kind = classify(element, kindOf, isToLeave);
    kinds.set(element, kind);
    return kind;
  };
  return {
    kindOf,
    isReadable(parent) {
      const { visibility, fontSize } = getComputedStyle(parent);
      // The units of a drawing are no pixels.
      const isTiny = !(parent instanceof SVGElement) && parseFloat(fontSize) < LEAST_FONT_PX;
      return visibility !== 'hidden' && visibility !== 'collapse' && !isTiny;
    },
    keepsSpace: (parent) => keepsSpace(getComputedStyle(parent)),
    isLeftAlone(element) {
      const decides = findAround(element, (at) => {
        const isPage = at === at.ownerDocument.documentElement || at === at.ownerDocument.body;
        return (!isPage && isToLeave(at)) || at.matches('[contenteditable="false" i]');
      });
      return decides !== undefined && isToLeave(decides);
    },
  };
}

/** pre-line too: it collapses spaces, but a line of a poem stays a line. */
function keepsSpace(style: CSSStyleDeclaration): boolean {
  return /^(pre|break)/.test(style.whiteSpace);
}

function isSelector(list: string): boolean {
  try {
    document.createDocumentFragment().querySelector(list);
    return true;
  } catch {
    return false;
  }
}

function classify(
  element: Element,
  kindOf: (element: Element) => Kind,
  isToLeave: (element: Element) => boolean,
): Kind {
  if (element.matches(NEVER_SEEN)) return 'hidden';
  const style = getComputedStyle(element);
  const isInline = flowsInLine(element, style);
  if (
    style.display === 'none' ||
    style.contentVisibility === 'hidden' ||
    Number(style.opacity || 1) < LEAST_OPACITY ||
    isClipped(element, style)
  )
    return 'hidden';
  if (isToLeave(element)) return isInline ? 'void' : 'barrier';
  if (element instanceof SVGElement) return kindOfSvg(element) ?? (isInline ? 'void' : 'barrier');
  if (element.localName === 'br') return 'void';
  if (!isInline) return 'block';
  for (const child of flatChildren(element)) {
    const kind = child instanceof Element && kindOf(child);
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
