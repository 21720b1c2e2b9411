// US dollars as the language writes them.
import { writeNumber } from './formats.ts';
import { wordsDirection } from './say.ts';

type Digits = Pick<
  Intl.NumberFormatOptions,
  'maximumSignificantDigits' | 'minimumFractionDigits' | 'maximumFractionDigits'
>;

/** Where people read from right to left it keeps its own order, or the sign after "US" would change places with it. */
export function writeDollars(amount: number, digits: Digits): string {
  const money = writeNumber(amount, { style: 'currency', currency: 'USD', ...digits });
  return wordsDirection() === 'rtl' ? `\u2066${money.replaceAll('\u200f', '')}\u2069` : money;
}
