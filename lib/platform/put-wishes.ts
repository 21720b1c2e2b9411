// Runs in the page script's world, sent there as its source: it may use nothing but what is in its braces.
import type { PageWishes } from '../protocol/page.ts';

/** Leaves `wishes` where the page script finds them. One line that is no selector would make the whole list none: it is dropped. */
export function putWishes(wishes: Omit<PageWishes, 'leftAlone'> & { leftAlone: string[] }): void {
  let leftAlone = '';
  for (const line of wishes.leftAlone) {
    const longer = leftAlone === '' ? line : `${leftAlone}, ${line}`;
    try {
      // What follows shows a line that swallows the next.
      document.createDocumentFragment().querySelector(`${longer}, a`);
      leftAlone = longer;
    } catch {
      // Dropped.
    }
  }
  (globalThis as { runnelWishes?: PageWishes }).runnelWishes = { ...wishes, leftAlone };
}
