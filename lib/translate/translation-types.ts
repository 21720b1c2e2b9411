// What a translation is made of, and what it asks of the page around it.
import type { Show } from '../protocol/page.ts';
import type { BlockElement } from './collect.ts';
import type { Field } from './field.ts';
import type { Item } from './item.ts';
import type { PageOptions } from './page-types.ts';
import type { Way } from './ways.ts';

export interface TranslationParts {
  way: Way;
  /** The same text shown another way; undefined where there is only one. */
  findWay?: (shown: Show) => Way | undefined;
  /** What the control stands beside. */
  beside: BlockElement;
  wasTruncated: boolean;
  /** Where the text goes when it is whole, and how it reads there. */
  field?: Field;
  join?: (translationOf: (id: number) => string | undefined) => string;
}

export interface Surroundings {
  options: PageOptions;
  /** "Show original" is for the whole page. */
  restore(): void;
  /** It looks different now; `halfDone`: the items that a mark would help, undefined while it runs. */
  onShow(halfDone: readonly Item[] | undefined): void;
  /** False where it cannot be done. */
  copy(items: readonly Item[], withOriginals: boolean): Promise<boolean>;
  /** The extension has gone. */
  onDead(): void;
  /** The worker has gone, and perhaps the extension with it. */
  onWorkerGone(): void;
  isDead(): boolean;
}
