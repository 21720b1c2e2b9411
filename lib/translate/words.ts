// A text that is not written into the page's own: of a field, or of a frame that no script may enter.
import type { TranslateOutcome } from '../protocol/page.ts';
import { anchorAround } from './anchor.ts';
import { MAX_SEGMENT_CHARS, MAX_SEGMENTS } from './collect.ts';
import type { Field } from './field.ts';
import { type SplitText, splitText } from './text-segments.ts';
import type { TranslationParts } from './translation-types.ts';
import { NO_BLOCKS, type Way } from './ways.ts';

type Found = TranslationParts | TranslateOutcome;

export function readField(field: Field, maxChars: number): Found {
  const { text, element } = field;
  const words = findShort(splitText(text, element), text, maxChars);
  if (typeof words === 'string') return words;
  const way = wayFor(words, 'field', () => field.box());
  return { way, beside: element, join: words.join, field, wasTruncated: false };
}

/** Shown in a box at the top. */
export function readText(text: string, view: Window, maxChars: number): Found {
  const beside = view.document.documentElement;
  const words = findShort(splitText(text, beside), text, maxChars);
  if (typeof words === 'string') return words;
  const way = wayFor(words, 'bubble', () => new DOMRect(0, 0, view.innerWidth, 0));
  return { way, beside, wasTruncated: false };
}

function findShort(
  split: SplitText,
  text: string,
  maxChars: number,
): SplitText | 'no-selection' | 'too-long' {
  const { segments } = split;
  const isTooLong =
    text.length > maxChars ||
    segments.length > MAX_SEGMENTS ||
    segments.some((segment) => segment.text.length > MAX_SEGMENT_CHARS);
  return segments.length === 0 ? 'no-selection' : isTooLong ? 'too-long' : split;
}

function wayFor({ segments }: SplitText, shown: Way['shown'], box: () => DOMRect): Way {
  return { shown, segments, blocks: NO_BLOCKS, anchor: anchorAround(box) };
}
