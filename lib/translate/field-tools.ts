// The part of the page script that knows text which is not the page's own. It comes only where such text is selected: most gestures are
// about what a page says.
import type { TranslateOutcome } from '../protocol/page.ts';
import { findField } from './field.ts';
import type { TranslationParts } from './translation-types.ts';
import { readField, readText } from './words.ts';

export interface FieldTools {
  /** `text`, or what is selected in a field; undefined where there is neither. */
  read(
    view: Window,
    text: string | undefined,
    maxChars: number,
  ): TranslationParts | TranslateOutcome | undefined;
}

export const fieldTools: FieldTools = {
  read(view, text, maxChars) {
    if (text) return readText(text, view, maxChars);
    const field = findField(view.document);
    return field && readField(field, maxChars);
  },
};
