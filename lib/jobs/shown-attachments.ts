// A port carries 64 MiB at once. A conversation with very many images or pages opens all the same: its oldest questions come without them.
import type { Turn } from '../protocol/contract.ts';

/** Characters of images and texts that one view gets. */
const MAX_SHOWN = 24_000_000;

/** The turns as a view is shown them; what is stored, and what the model gets, stays as it is. */
export function withShownAttachments(turns: readonly Turn[]): Turn[] {
  let left = MAX_SHOWN;
  return turns
    .toReversed()
    .map((turn) => {
      left -= weightOf(turn);
      if (left >= 0) return turn;
      const { images: _, context: __, ...bare } = turn;
      return bare;
    })
    .reverse();
}

/** Characters of what a question carries beside its words. */
export function weightOf({ images = [], context = [] }: Pick<Turn, 'images' | 'context'>): number {
  const ofImages = images.reduce((sum, { url }) => sum + url.length, 0);
  return context.reduce((sum, { text }) => sum + text.length, ofImages);
}
