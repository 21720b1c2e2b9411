// Keeps the blocks of an answer in groups. Laying out a parent costs time for each of its children even
// where they are skipped: with thousands of blocks side by side a frame took forty milliseconds.

export interface Groups {
  /** Where the next block goes. */
  current(): HTMLElement;
  /** Called when every block so far is final. Nothing is ever moved, so a selection survives. */
  settle(): void;
}

const BLOCKS_A_GROUP = 32;

/** Where a group ends depends on the number of final blocks only, not on how the text was split. */
export function createGroups(root: HTMLElement): Groups {
  let group: HTMLElement | undefined;
  return {
    current() {
      if (group === undefined) {
        group = root.ownerDocument.createElement('div');
        group.className = 'group';
        // The footnotes stay behind all blocks.
        const last = root.lastElementChild;
        root.insertBefore(group, last?.className === 'footnotes' ? last : null);
      }
      return group;
    },
    settle() {
      if (group === undefined) return;
      if (group.childElementCount === 0) group.remove();
      else if (group.childElementCount >= BLOCKS_A_GROUP) group.classList.add('full');
      else return;
      group = undefined;
    },
  };
}
