// Runs in the page script's world, sent there as its source: it may use nothing but what is in its braces.
import type { PageWishes } from '../protocol/page.ts';

/** Leaves `wishes` where the page script finds them. One line that is no selector would make the whole list none: it is dropped. */
export function putWishes(wishes: Omit<PageWishes, 'leftAlone'> & { leftAlone: string[] }): void {
  const parses = (selector: string) => {
    try {
      document.createDocumentFragment().querySelector(selector);
      return true;
    } catch {
      return false;
    }
  };
  // What a line leaves open is closed for it at the end, and would swallow the lines that follow.
  const isWhole = (line: string) => parses(line) && !parses(`${line})`) && !parses(`${line}]`);
  const leftAlone = wishes.leftAlone.filter(isWhole).join(', ');
  (globalThis as { runnelWishes?: PageWishes }).runnelWishes = { ...wishes, leftAlone };
}
