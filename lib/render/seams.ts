// Where an answer went on after a break. A seam stands behind the block in which that was, once the block is final, so that nothing is
// drawn anew for it.
import type { Groups } from './groups.ts';

export interface Seams {
  /** The text goes on after a break; `inBlock`: in the middle of a block. */
  mark(inBlock: boolean): void;
  /** A block became final: shows what waited for that. */
  settle(): void;
}

export function createSeams(groups: Groups, page: Document, label: string): Seams {
  let waiting = 0;
  function place() {
    const seam = page.createElement('div');
    seam.className = 'seam';
    seam.dataset['part'] = 'seam';
    seam.textContent = label;
    groups.current().append(seam);
  }
  return {
    mark(inBlock) {
      if (inBlock) waiting++;
      else place();
    },
    settle() {
      for (; waiting > 0; waiting--) place();
    },
  };
}
