// What a translation is made of, and what it asks of the page around it.
import type { Anchor } from './anchor.ts';
import type { Blocks } from './blocks.ts';
import type { CollectedSegment } from './collect.ts';
import type { Field } from './field.ts';
import type { PageOptions } from './page-types.ts';
import type { Standing } from './page-view.ts';

export interface TranslationParts {
  segments: CollectedSegment[];
  blocks: Blocks;
  anchor: Anchor;
  shown: Standing['shown'];
  wasTruncated: boolean;
  /** Where the text goes when it is whole, and how it reads there. */
  field?: Field;
  join?: (translationOf: (id: number) => string | undefined) => string;
}

export interface Surroundings {
  options: PageOptions;
  /** "Show original" is for the whole page. */
  restore(): void;
  /** The extension has gone. */
  onDead(): void;
  /** The worker has gone, and perhaps the extension with it. */
  onWorkerGone(): void;
  isDead(): boolean;
}
