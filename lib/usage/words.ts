// Sums as a person reads them. A tilde stands before what is estimated.
import type { Totals } from '../protocol/contract.ts';
import { writeNumber } from '../words/formats.ts';
import { isolated } from '../words/isolated.ts';
import { say, sayCount } from '../words/say.ts';

/** US dollars; small amounts with two digits that count. */
export function moneyWords(dollars: number): string {
  const digits = dollars > 0 && dollars < 0.1 ? { maximumSignificantDigits: 2 } : {};
  return writeNumber(dollars, { style: 'currency', currency: 'USD', ...digits });
}

export function tokenWords({ estimated }: Pick<Totals, 'estimated'>, tokens: number): string {
  return `${estimated > 0 ? '~' : ''}${writeNumber(Math.round(tokens))}`;
}

/** What it cost; a dash where no price is known, a plus behind it where some are missing. */
export function costWords({ cost, unpriced, requests, estimated }: Totals): string {
  if (unpriced >= requests) return '–';
  return `${estimated > 0 && cost > 0 ? '~' : ''}${moneyWords(cost)}${unpriced > 0 ? '+' : ''}`;
}

/** One line, for a conversation. */
export function totalsLine(totals: Totals): string {
  const { requests, input, output } = totals;
  const parts = [
    sayCount('requestCount', requests),
    say('usedIn', tokenWords(totals, input)),
    say('usedOut', tokenWords(totals, output)),
  ];
  const cost = costWords(totals);
  return (cost === '–' ? parts : [...parts, cost]).map(isolated).join(' · ');
}
