// The part of the page script that knows text fields. It comes only where one is selected: most gestures are about a page's own text.

import type { BlockElement } from './collect.ts';
import { type Field, findField } from './field.ts';
import { type SplitText, splitText } from './text-segments.ts';

export interface FieldTools {
  /** The field with a selection in it; undefined where there is none, and for what is not to be read: passwords, card numbers. */
  find(document: Document): Field | undefined;
  /** A text that is not the page's, as segments; they are shown beside `block`. */
  split(text: string, block: BlockElement): SplitText;
}

export const fieldTools: FieldTools = { find: findField, split: splitText };
