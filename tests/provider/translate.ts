// The scripted translator: knows the texts of the demo page by heart and is honest about everything else.
import { translations } from './fixtures.ts';
import { foldSpace, placeMarks, plainKey } from './marks.ts';

interface Known {
  source: string;
  byTag: Record<string, string>;
}

const names: Record<string, string[]> = {
  es: ['spanish', 'español', 'castellano'],
  de: ['german', 'deutsch'],
  ar: ['arabic', 'العربية'],
  fr: ['french', 'français'],
  ja: ['japanese', '日本語'],
  en: ['english'],
};

function sentencesOf(text: string, tag: string): string[] {
  const pieces = [...new Intl.Segmenter(tag, { granularity: 'sentence' }).segment(text)];
  return pieces.map((piece) => piece.segment.trim());
}

/** The single sentences of a block where a language has as many: a selection may begin inside a paragraph. */
function listSentences(source: string, byTag: Record<string, string>): Known[] {
  const sentences = sentencesOf(source, 'en');
  if (sentences.length < 2) return [];
  return sentences.map((sentence, place) => {
    const parts: Record<string, string> = {};
    for (const [tag, text] of Object.entries(byTag)) {
      const cut = sentencesOf(text, tag);
      if (cut.length === sentences.length) parts[tag] = cut[place] ?? '';
    }
    return { source: sentence, byTag: parts };
  });
}

function createIndex(): Map<string, Known> {
  const all: Known[] = [];
  for (const [source, byTag] of Object.entries(translations)) {
    all.push({ source, byTag });
    // A page that has been translated, or is written in one of the languages, can be read in any other.
    for (const text of Object.values(byTag)) all.push({ source: text, byTag: { ...byTag, en: source } });
    all.push(...listSentences(source, byTag));
  }
  return new Map(all.map((known) => [plainKey(known.source), known]));
}

const index = createIndex();

/** The BCP 47 tag a translator's system message asks for; undefined when it does not ask for a translation. */
export function findTargetLanguage(system: string): string | undefined {
  if (!/translat/i.test(system)) return undefined;
  // "Spanish (es)", "Spanish (español, es)", "`es`"
  const tag = system.match(/(?:[([`"']|,\s*)([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[)\]`"']/);
  if (tag?.[1]) return tag[1];
  const lower = system.toLowerCase();
  // "from English into Spanish": what follows the preposition wins over what is merely mentioned.
  const after = lower.match(/\b(?:into|to)\s+(?:the\s+)?([\p{L}]+)/gu) ?? [];
  for (const place of [...after, lower.replace(/\bfrom\s+\p{L}+/gu, '')]) {
    const found = Object.entries(names).find(([, words]) => words.some((word) => place.includes(word)));
    if (found) return found[0];
  }
  return lower.match(/\b(?:into|language:?)\s+([a-z]{2,3}(?:-[a-z0-9]+)*)\b/)?.[1] ?? 'und';
}

function translateLine(line: string, tag: string): string {
  if (foldSpace(line) === '') return line;
  const language = tag.toLowerCase().split('-')[0] ?? tag;
  const known = index.get(plainKey(line));
  const whole = known?.byTag[language];
  if (known && whole !== undefined) return placeMarks(known.source, whole, line);
  const sentences = sentencesOf(line, 'en');
  const parts = sentences.map((sentence) => {
    const part = index.get(plainKey(sentence));
    const text = part?.byTag[language];
    return part && text !== undefined ? placeMarks(part.source, text, sentence) : undefined;
  });
  // Marks that span sentences would be torn apart; only whole ones go this way.
  if (parts.length > 1 && parts.every((part) => part !== undefined)) {
    return parts.join(language === 'ja' ? '' : ' ');
  }
  return `[${tag}] ${line}`;
}

/** The translation of `text`; what is not known keeps its words behind `[tag] `, line by line. */
export function translate(text: string, tag: string): string {
  // The white space of a page's source may break a block into lines: the whole comes first.
  if (index.has(plainKey(text))) return translateLine(text, tag);
  return text
    .split(/(\n+)/)
    .map((line) => translateLine(line, tag))
    .join('');
}
