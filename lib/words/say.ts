// The product's own words in the reader's language. The messages are in public/_locales, one file a language; the browser chooses.
import type messages from '../../public/_locales/en/messages.json';

export type MessageName = keyof typeof messages;
/** Of messages that come in several forms, by number: `blocks` for `blocks_one`, `blocks_other`. */
export type CountName = { [N in MessageName]: N extends `${infer Base}_other` ? Base : never }[MessageName];

interface BrowserWords {
  getMessage(name: string, values?: string[]): string;
}

/** `browser` could be an element of the page with that id; `chrome` is there in every browser. */
function find(name: string, values: string[] = []): string {
  const { chrome } = globalThis as { chrome?: { i18n?: BrowserWords } };
  const key = name + values;
  try {
    heard[key] = chrome?.i18n?.getMessage(name, values);
  } catch {
    // A page script whose extension was updated has none any more; what was said before can be said again.
  }
  return heard[key] ?? '';
}

const heard: { [key: string]: string | undefined } = {};

/** The language of the words, as a BCP 47 tag: not always that of the browser. */
export const wordsLanguage = (): string => find('language') || 'en';
export const wordsDirection = (): 'ltr' | 'rtl' => (find('direction') === 'rtl' ? 'rtl' : 'ltr');

/** A message with its values in place of $1, $2, …; numbers as the language writes them. */
export function say(name: MessageName, ...values: (string | number)[]): string {
  return find(name, values.map(written)) || name;
}

/** The form of a message for `count`, which is its $1. */
export function sayCount(name: CountName, count: number, ...values: (string | number)[]): string {
  const form = new Intl.PluralRules(wordsLanguage()).select(count);
  const all = [count, ...values].map(written);
  return find(`${name}_${form}`, all) || find(`${name}_other`, all) || name;
}

function written(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString(wordsLanguage()) : value;
}
