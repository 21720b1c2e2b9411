// Attributes of the page that we borrow and give back exactly: absent stays absent.
import type { BlockElement } from './collect.ts';

export interface BorrowedAttribute {
  /** Sets the attribute, or takes it away with null. */
  write(value: string | null): void;
  /** Puts back what was there before the first write; a value that the page set meanwhile stays. */
  restore(): void;
}

export function borrowAttribute(element: Element, name: string): BorrowedAttribute {
  let ours: { before: string | null; written: string | null } | undefined;
  const put = (value: string | null): void => {
    if (element.getAttribute(name) === value) return;
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };
  return {
    write(value) {
      ours = { before: ours ? ours.before : element.getAttribute(name), written: value };
      put(value);
    },
    restore() {
      if (ours && element.getAttribute(name) === ours.written) put(ours.before);
      ours = undefined;
    },
  };
}

/** Says that an element's text is in `language` now, in the attributes named; without one, that it is the page's own again. */
export type Tongue = (language?: { tag: string; dir: string }) => void;

export function borrowTongue(element: Element, names: readonly string[]): Tongue {
  const borrowed = names.map((name) => borrowAttribute(element, name));
  return (language) => {
    for (const [index, attribute] of borrowed.entries()) {
      if (language) attribute.write(names[index] === 'dir' ? language.dir : language.tag);
      else attribute.restore();
    }
  };
}

/** The page's colour of a block's text, for the style sheet to dim: a highlight does not know the colour of what it lies on. */
const INK = '--runnel-ink';

export interface HeldStyle {
  /** Keeps the element at least as high as it is now, says what colour its text has, or neither. */
  hold(what: { height: boolean; ink: boolean }): void;
}

/** Works through the style attribute, which is the one place a page's style sheet cannot overrule. With nothing held it is, letter for letter, what it was. */
export function createHeldStyle(element: BlockElement): HeldStyle {
  let held: { before: string | null; written: string | null; properties: string[] } | undefined;
  let key = '';
  const release = (): void => {
    if (!held) return;
    const { before, written, properties } = held;
    held = undefined;
    if (element.getAttribute('style') !== written) {
      for (const property of properties) element.style.removeProperty(property);
    } else if (before === null) element.removeAttribute('style');
    else element.setAttribute('style', before);
  };
  return {
    hold({ height, ink }) {
      const asked = `${height} ${ink}`;
      if (asked === key) return;
      key = asked;
      release();
      const wanted = [...(height ? heightOf(element) : []), ...(ink ? inkOf(element) : [])];
      if (wanted.length === 0) return;
      const before = element.getAttribute('style');
      for (const [property, value] of wanted) element.style.setProperty(property, value, 'important');
      held = {
        before,
        written: element.getAttribute('style'),
        properties: wanted.map(([property]) => property),
      };
    },
  };
}

type Declarations = [property: string, value: string][];

function heightOf(element: BlockElement): Declarations {
  const { height, display } = getComputedStyle(element);
  if (!height.endsWith('px') || height === '0px') return [];
  // Cells have no minimum height; their height is one.
  return [[display === 'table-cell' ? 'height' : 'min-height', height]];
}

function inkOf(element: BlockElement): Declarations {
  const { color } = getComputedStyle(element);
  return color === '' ? [] : [[INK, color]];
}
