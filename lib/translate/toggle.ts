// Switches between a translation and the originals without asking again: what came is kept and written once more.
import type { WrittenLanguage } from './blocks.ts';
import { type Item, type ItemState, putBack, showItem } from './item.ts';

export interface Hidden {
  item: Item;
  state: ItemState;
}

/** Puts the originals back; the result brings the translation again. For a run that has ended. */
export function hideItems(items: readonly Item[]): Hidden[] {
  return items.map((item) => {
    const { state } = item;
    putBack(item);
    return { item, state };
  });
}

export function showItems(hidden: Hidden[], language: WrittenLanguage | undefined): void {
  for (const { item, state } of hidden) {
    if (state === 'original') continue;
    item.state = state;
    item.writer.feed(item.reply);
    item.writer.end(state === 'done');
    showItem(item, language);
  }
}
