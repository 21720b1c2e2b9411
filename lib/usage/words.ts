// Sums as a person reads them. A tilde stands before what is estimated.
import type { Totals } from '../protocol/contract.ts';

const counts = new Intl.NumberFormat('en');
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const smallMoney = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
});

/** US dollars; small amounts with two digits that count. */
export function moneyWords(dollars: number): string {
  return dollars > 0 && dollars < 0.1 ? smallMoney.format(dollars) : money.format(dollars);
}

export function tokenWords({ estimated }: Pick<Totals, 'estimated'>, tokens: number): string {
  return `${estimated > 0 ? '~' : ''}${counts.format(Math.round(tokens))}`;
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
    requests === 1 ? '1 request' : `${counts.format(requests)} requests`,
    `${tokenWords(totals, input)} tokens in`,
    `${tokenWords(totals, output)} out`,
  ];
  const cost = costWords(totals);
  return (cost === '–' ? parts : [...parts, cost]).join(' · ');
}
