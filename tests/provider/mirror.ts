// A translator for measuring: it turns the letters of each word around. What it writes is as long and as wide as what it read, other than
// it, and can be told from the source alone, piece by piece.

/** words: nothing but the letters. marks: sibling marks come back in the opposite order, too. none: all marks are lost. */
export type Mirror = 'words' | 'marks' | 'none';

const MARK = /<\/?\d{1,4}\/?>/;
const WORD = /[\p{L}\p{M}\p{Cf}]+/gu;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Every word of `text` from its last letter to its first; numbers, signs and white space stay where they are. */
export function mirrorWords(text: string): string {
  return text.replace(WORD, (word) =>
    Array.from(graphemes.segment(word), ({ segment }) => segment)
      .reverse()
      .join(''),
  );
}

/** A text with marks, or a batch of such texts, as `mirror` says. */
export function mirrorText(text: string, mirror: Mirror): string {
  const nodes = readNodes(text);
  // A batch is nothing but marks; those stay where they are, or no segment would find its text.
  const isBatch = nodes.length > 1 && nodes.every((node) => typeof node !== 'string' || node.trim() === '');
  if (!isBatch) return writeNodes(nodes, mirror);
  return nodes
    .map((node) => (typeof node === 'string' ? node : wrap(node.number, writeNodes(node.nodes, mirror))))
    .join('');
}

interface Marked {
  number: string;
  /** Undefined for a void mark. */
  nodes: Nodes | undefined;
}
type Nodes = (string | Marked)[];

function readNodes(text: string): Nodes {
  const top: Nodes = [];
  const around: Nodes[] = [];
  let at = top;
  // A text may hold what only looks like a mark.
  const isClosed = (number: string) => text.includes(`<${number}/>`) || text.includes(`</${number}>`);
  for (const part of text.split(/(<\/?\d{1,4}\/?>)/)) {
    const number = MARK.test(part) ? (/\d+/.exec(part)?.[0] ?? '') : undefined;
    if (number === undefined || !isClosed(number) || !text.includes(`<${number}`)) at.push(part);
    else if (part.startsWith('</')) at = around.pop() ?? top;
    else {
      const nodes: Nodes | undefined = part.endsWith('/>') ? undefined : [];
      at.push({ number, nodes });
      if (!nodes) continue;
      around.push(at);
      at = nodes;
    }
  }
  return top;
}

function writeNodes(nodes: Nodes | undefined, mirror: Mirror): string {
  if (!nodes) return '';
  const marks = nodes.filter((node) => typeof node !== 'string');
  if (mirror === 'marks') marks.reverse();
  let place = 0;
  return nodes
    .map((node) => {
      if (typeof node === 'string') return mirrorWords(node);
      const { number, nodes: inner } = marks[place++] ?? node;
      const text = writeNodes(inner, mirror);
      if (mirror === 'none') return text;
      return inner ? wrap(number, text) : `<${number}/>`;
    })
    .join('');
}

const wrap = (number: string, text: string): string => `<${number}>${text}</${number}>`;
