// Texts whose gaps and repetitions show.

/** Numbered sentences, ten to a paragraph. */
export function drops(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const end = (index + 1) % 10 === 0 && index + 1 < count ? '\n\n' : ' ';
    return `Drop ${index + 1} arrives.${end}`;
  })
    .join('')
    .trim();
}

/** The events of a stream that says `pieces`, without its end. */
export function chunkLines(pieces: readonly string[]): string {
  return pieces
    .map((content) => event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }))
    .join('');
}

export const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

export const STOP = `${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`;
