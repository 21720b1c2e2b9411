// Words in a drawing. What is drawn there has no blocks in the sense of a page: a text is one, its spans are its parts.
import type { Kind } from './classify.ts';

/** What an element of a drawing is; undefined where it is left as it is. */
export function kindOfSvg(element: SVGElement): Kind | undefined {
  switch (element.localName) {
    case 'svg':
      return hasWords(element) && !standsInLine(element) ? 'through' : undefined;
    case 'g':
    case 'switch':
    case 'foreignObject':
      return 'through';
    case 'a':
      return element.closest('text') ? 'inline' : 'through';
    case 'text':
      return 'block';
    case 'tspan':
    case 'textPath':
      return 'inline';
    default:
      return 'hidden';
  }
}

function hasWords(drawing: SVGElement): boolean {
  return [...drawing.querySelectorAll('text, foreignObject')].some((text) => /\p{L}/u.test(text.textContent));
}

/** A sign between words belongs to their sentence, whatever is written on it. */
function standsInLine({ parentNode }: SVGElement): boolean {
  return [...(parentNode?.childNodes ?? [])].some((node) => node instanceof Text && /\S/.test(node.data));
}
