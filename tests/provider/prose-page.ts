// Paragraphs with inline markup, no two alike, as many and as long as a test wants.
import { cutTokens } from './tokens.ts';

const sentences = [
  'The water takes the shape of <em>whatever holds it</em>, and leaves that shape behind without regret.',
  'A <a href="#bridge">bridge</a> is a way of not asking the river for permission.',
  'Upstream the snow is melting; downstream <strong>nobody has noticed</strong> yet.',
  'What the map shows as a line is, on the ground, a conversation between banks.',
  'Where two streams meet, <em>neither gives way</em> and both of them go on.',
  'In the reeds the current slows down until it is hard to tell from <a href="#wait">waiting</a>.',
  'The gauge at the lock has written one number an hour for ninety years.',
  'Herons stand where the water brings them <strong>what they need</strong>, and do not run after it.',
];

/** In four letters. */
function spell(index: number): string {
  const letters = [26 ** 3, 26 ** 2, 26, 1].map((unit) => Math.floor(index / unit) % 26);
  return String.fromCharCode(...letters.map((letter) => 97 + letter));
}

/** The first and the last word of a paragraph; found nowhere else, whichever way they are turned, and one token each. */
export const firstWord = (index: number): string => `q${spell(index)}`;
export const lastWord = (index: number): string => `x${spell(index)}`;

const withoutTags = (text: string) => text.replace(/<[^>]*>/g, '');

/** Of about so many tokens. */
function paragraph(index: number, tokens: number): string {
  const parts: string[] = [];
  for (let have = 0, at = index * 3; have < tokens; at += 1) {
    const sentence = sentences[at % sentences.length] ?? '';
    parts.push(sentence);
    have += cutTokens(` ${withoutTags(sentence)}`).length;
  }
  return `<p id="p${index}">${firstWord(index)} ${parts.join(' ')} ${lastWord(index)}.</p>`;
}

export interface Prose {
  /** Paragraphs. */
  count: number;
  /** In all of them together. */
  tokens: number;
  /** The number of the first one: another number is another text. */
  from: number;
}

/** Paragraphs of one length, `#p1` and on where they are counted from 1. */
export function proseBody({ count, tokens, from }: Prose): string {
  const each = Math.max(4, Math.floor(tokens / count) - 4);
  const blocks = Array.from({ length: count }, (_, index) => paragraph(from + index, each));
  return `<h1>Prose</h1>\n<article id="prose">\n${blocks.join('\n')}\n</article>`;
}
