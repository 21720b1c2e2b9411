// Numbers and dates as the language of the words writes them. Formats are kept: to make one costs more than to use it a hundred times.
import { wordsLanguage } from './say.ts';

const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

export function writeNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  const language = wordsLanguage();
  const make = () => new Intl.NumberFormat(language, options);
  return keep(numbers, language + JSON.stringify(options), make).format(value);
}

/** `at` in ms since the epoch. */
export function writeDate(at: number, options: Intl.DateTimeFormatOptions): string {
  const language = wordsLanguage();
  const make = () => new Intl.DateTimeFormat(language, options);
  return keep(dates, language + JSON.stringify(options), make).format(at);
}

function keep<T>(all: Map<string, T>, key: string, make: () => T): T {
  const made = all.get(key) ?? make();
  all.set(key, made);
  return made;
}
