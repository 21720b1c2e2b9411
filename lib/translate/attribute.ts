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

export interface HeldHeight {
  /** Keeps the element at least as high as it is now. */
  hold(): void;
  /** Lets go; the style attribute is then, letter for letter, what it was. */
  release(): void;
}

/** Works through the style attribute, which is the one place a page's style sheet cannot overrule. */
export function createHeldHeight(element: BlockElement): HeldHeight {
  let held: { before: string | null; written: string | null; property: string } | undefined;
  return {
    hold() {
      if (held) return;
      const view = element.ownerDocument.defaultView;
      const { height, display } = view?.getComputedStyle(element) ?? { height: '', display: '' };
      if (!height.endsWith('px') || height === '0px') return;
      // Cells have no minimum height; their height is one.
      const property = display === 'table-cell' ? 'height' : 'min-height';
      const before = element.getAttribute('style');
      element.style.setProperty(property, height, 'important');
      held = { before, written: element.getAttribute('style'), property };
    },
    release() {
      if (!held) return;
      const { before, written, property } = held;
      held = undefined;
      if (element.getAttribute('style') !== written) element.style.removeProperty(property);
      else if (before === null) element.removeAttribute('style');
      else element.setAttribute('style', before);
    },
  };
}
