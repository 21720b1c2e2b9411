// A text that is not the page's: of a field. Its paragraphs are segments without a place to be written to.
import type { BlockElement, CollectedSegment } from './collect.ts';
import { firstFreeMark } from './marks.ts';
import { isWorthSending } from './worth.ts';

export interface SplitText {
  segments: CollectedSegment[];
  /** The text with its paragraphs translated; a paragraph that `translationOf` knows nothing of stays. */
  join(translationOf: (id: number) => string | undefined): string;
}

/** Blank lines, and white space at the ends, which are kept as they are. */
const BETWEEN = /(^\s+|\s+$|[^\S\n]*\n[^\S\n]*\n\s*)/;

export function splitText(text: string, block: BlockElement): SplitText {
  const segments: CollectedSegment[] = [];
  const parts = text.split(BETWEEN).map((part) => {
    if (!isWorthSending(part)) return { part, id: undefined };
    const id = segments.length + 1;
    segments.push({
      id,
      text: part,
      firstMark: firstFreeMark(part),
      pieces: [],
      marks: [],
      block,
      isMostOfBlock: false,
    });
    return { part, id };
  });
  return {
    segments,
    join: (translationOf) =>
      parts.map(({ part, id }) => (id === undefined ? part : (translationOf(id) ?? part))).join(''),
  };
}
