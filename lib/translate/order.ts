// What is on screen is translated first.
import type { Item } from './item.ts';

/** Items in view, then those below, then those above; each in reading order. */
export function orderBySight(items: readonly Item[], view: Window): Item[] {
  const rankOf = ({ segment: { source, block } }: Item): number => {
    const box = (source?.block ?? block).getBoundingClientRect();
    if (box.top > view.innerHeight) return 1;
    return box.bottom < 0 ? 2 : 0;
  };
  return items
    .map((item) => ({ item, rank: rankOf(item) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
