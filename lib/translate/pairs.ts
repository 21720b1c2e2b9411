// What a run says as text: the translations, and each with its original.
import type { Item } from './item.ts';
import { scanMarks } from './mark-shape.ts';

export function translationsOf(items: readonly Item[]): string[] {
  return items.filter(({ writer }) => writer.hasText).map(({ writer }) => writer.text);
}

/** Original and translation in turn, paragraph by paragraph, as text to paste. */
export function pairsOf(items: readonly Item[]): string {
  return items
    .filter(({ writer }) => writer.hasText)
    .map((item) => `${originalOf(item)}\n${item.writer.text}`)
    .join('\n\n');
}

/** A segment's text as it was sent, without its marks. */
export function originalOf({ segment: { text, firstMark } }: Item): string {
  let plain = '';
  const rest = scanMarks(
    text,
    (words) => {
      plain += words;
    },
    ({ number, raw }) => {
      if (number < firstMark) plain += raw;
    },
  );
  return plain + rest;
}
