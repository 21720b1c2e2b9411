// The box that shows a translation as text, where it cannot stand in the page itself. Part of the control.
import { say } from '../words/say.ts';
import type { WrittenLanguage } from './blocks.ts';

export interface Bubble {
  readonly element: HTMLElement;
  /** Shows paragraphs, which may grow from call to call; none hides the box. */
  write(paragraphs: readonly string[], language: WrittenLanguage | undefined): void;
}

export function createBubble(document: Document): Bubble {
  const element = document.createElement('div');
  element.className = 'bubble';
  element.hidden = true;
  // The keyboard scrolls what has the focus.
  element.tabIndex = 0;
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', say('translation'));
  return {
    element,
    write(paragraphs, language) {
      element.hidden = paragraphs.length === 0;
      if (language && element.lang !== language.tag) {
        element.lang = language.tag;
        element.dir = language.dir;
      }
      while (element.childElementCount > paragraphs.length) element.lastChild?.remove();
      paragraphs.forEach((text, index) => {
        const paragraph = element.children[index] ?? element.appendChild(document.createElement('p'));
        grow(paragraph, text);
      });
    },
  };
}

/** Appends where it can: a reader's selection in the box survives. */
function grow(paragraph: Element, text: string): void {
  const node = paragraph.firstChild;
  if (node instanceof Text && text.startsWith(node.data)) {
    if (text.length > node.length) node.appendData(text.slice(node.length));
  } else paragraph.textContent = text;
}
