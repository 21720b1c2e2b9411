// What a run says as text: the translations, and each with its original. What stays as it is in a line, code or a formula, is said too.
import { type Item, isUnderWay } from './item.ts';
import { scanMarks } from './mark-shape.ts';

export function translationsOf(items: readonly Item[]): string[] {
  return items.filter(({ writer }) => writer.hasText).map(translationOf);
}

/** Original and translation in turn, paragraph by paragraph, as text to paste. */
export function pairsOf(items: readonly Item[]): string {
  return items
    .filter(({ writer }) => writer.hasText)
    .map((item) => `${originalOf(item)}\n${translationOf(item)}`)
    .join('\n\n');
}

/** By id, the translation of a segment; undefined where there is none. */
export function wordsById(items: readonly Item[]): (id: number) => string | undefined {
  const written = items.filter(({ writer }) => writer.hasText);
  const byId = new Map(written.map(({ segment, writer }) => [segment.id, writer.text]));
  return (id) => byId.get(id);
}

export function originalOf(item: Item): string {
  return reading(item, item.segment.text);
}

function translationOf(item: Item): string {
  return item.writer.isPlain ? item.writer.text : reading(item, item.reply).trimStart();
}

/** A text with marks as it reads. */
function reading({ segment, state }: Item, text: string): string {
  const { marks } = segment.source ?? segment;
  let words = '';
  const rest = scanMarks(
    text,
    (part) => {
      words += part;
    },
    ({ number, raw, closes }) => {
      if (number < segment.firstMark) words += raw;
      else if (!closes && segment.text.includes(`<${number}/>`)) {
        const node = marks[number - segment.firstMark]?.node;
        words += node?.localName === 'br' ? '\n' : (node?.textContent ?? '');
      }
    },
  );
  // A mark cut in two is no text while more of it may come.
  return isUnderWay(state) ? words : words + rest;
}
