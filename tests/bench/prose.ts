// Markdown of a wanted length, of all common kinds, always the same.

const WORDS =
  'water finds the lowest way and a stream that is small and clear carries light over stones until it meets the river'.split(
    ' ',
  );

function sentence(index: number, words: number): string {
  const chosen = Array.from({ length: words }, (_, i) => WORDS[(index * 7 + i) % WORDS.length] ?? '');
  const text = chosen.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** About `tokens` tokens of paragraphs, headings, lists, code and tables. */
export function createProse(tokens: number): string {
  const blocks: string[] = [];
  for (let i = 0, words = 0; words < tokens * 0.75; i++) {
    const block = createBlock(i);
    words += block.split(/\s+/).length;
    blocks.push(block);
  }
  return blocks.join('\n\n');
}

function createBlock(i: number): string {
  switch (i % 6) {
    case 0:
      return `## ${sentence(i, 4)}`;
    case 2:
      return [0, 1, 2, 3].map((n) => `- ${sentence(i + n, 9)} **strong** and \`code\``).join('\n');
    case 4:
      return `\`\`\`ts\n${[0, 1, 2, 3, 4].map((n) => `const stream${n} = await open('${sentence(i + n, 3)}');`).join('\n')}\n\`\`\``;
    default:
      return [0, 1, 2, 3, 4].map((n) => sentence(i + n, 14)).join(' ');
  }
}
