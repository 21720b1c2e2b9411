// The language a translation is asked for. Any BCP 47 tag works; what the list does not name, the browser does.
import { findLanguage, type Language } from '../translate/languages.ts';

const RIGHT_TO_LEFT = /^(ar|he|fa|ur|ps|sd|ug|yi|dv|ckb|arc|syr)\b|-(Arab|Hebr|Thaa|Syrc|Nkoo)\b/i;

export function languageOf(tag: string): Language {
  const known = findLanguage(tag);
  if (known) return known;
  const dir = RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr';
  return { tag, name: displayName(tag, 'en'), nativeName: displayName(tag, tag), dir };
}

function displayName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
