// What helps a reader once something is translated: marks at blocks that are not whole, a look at the original of those that are, and
// copying. A part of the page script that comes when the first run has ended.

import { copyText } from './copy.ts';
import type { createHost } from './host.ts';
import { showOriginals } from './hover.ts';
import type { Item } from './item.ts';
import { pairsOf, translationsOf } from './pairs.ts';
import { createRetryMarks } from './retry-marks.ts';

export interface AidOptions {
  view: Window;
  isTrusted: (event: Event) => boolean;
  /** The page script's own; this part brings none. */
  createHost: typeof createHost;
  showsOriginals: boolean;
  /** The items whose translation stands in place of the original now. */
  covered: () => readonly Item[];
  /** Asks for that item alone. */
  onRetry: (item: Item) => void;
}

export interface Aids {
  /** Shows a mark for each of these items and no others. */
  mark(items: readonly Item[]): void;
  /** Blocks have moved. */
  place(): void;
  /** Hides an original that is shown; true where there was one. */
  hide(): boolean;
  /** Puts the translations on the clipboard; false where the page's rules forbid it. Needs the reader's gesture. */
  copy(items: readonly Item[], withOriginals: boolean): Promise<boolean>;
  end(): void;
}

export type CreateAids = typeof createAids;

export function createAids(options: AidOptions): Aids {
  const marks = createRetryMarks(options);
  const hover = options.showsOriginals ? showOriginals(options) : undefined;
  return {
    mark: marks.show,
    place: marks.place,
    hide: () => hover?.hide() ?? false,
    copy: (items, withOriginals) =>
      copyText(options.view, withOriginals ? pairsOf(items) : translationsOf(items).join('\n')),
    end() {
      marks.show([]);
      hover?.end();
    },
  };
}
