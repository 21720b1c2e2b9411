// The language a translation is asked for. Any BCP 47 tag works; what the list does not name, the browser does.
import { StreamError } from '../engine/errors.ts';
import { findLanguage, type Language } from '../translate/languages.ts';

const RIGHT_TO_LEFT = /^(ar|he|fa|ur|ps|sd|ug|yi|dv|ckb|arc|syr)\b|-(Arab|Hebr|Thaa|Syrc|Nkoo)\b/i;

export function languageOf(tag: string): Language {
  const known = findLanguage(tag);
  if (known) return known;
  const dir = RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr';
  return { tag, name: displayName(tag, 'en'), nativeName: displayName(tag, tag), dir };
}

/**
 * The language that a page asks for: `usual` where it names none, else one that it was offered.
 * @throws StreamError `bad-request` for any other tag: it would be written into what the model is told
 */
export function expectOffered(tag: string | undefined, usual: string, recent: readonly string[]): Language {
  if (tag === undefined || tag === usual || recent.includes(tag)) return languageOf(tag ?? usual);
  const known = findLanguage(tag);
  if (!known) throw new StreamError('bad-request', 'This language is not offered.');
  return known;
}

function displayName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
