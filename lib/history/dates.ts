// When something was said, as a list of conversations tells it.
import { writeDate } from '../words/formats.ts';
import { say } from '../words/say.ts';

const DAY = 86_400_000;

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

const MONTH = { month: 'long', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY_AND_MONTH = { day: 'numeric', month: 'short' } as const;

/** The heading that something of this time stands under; both in ms since the epoch. */
export function groupOf(at: number, now: number): string {
  const today = startOfDay(now);
  if (at >= today) return say('today');
  // A day may have 23 hours or 25.
  if (at >= startOfDay(today - DAY / 2)) return say('yesterday');
  if (at >= startOfDay(today - 6.5 * DAY)) return say('previousWeek');
  if (at >= startOfDay(today - 29.5 * DAY)) return say('previousMonth');
  return writeDate(at, MONTH);
}

/** As short as it may be beside a title: the time today and yesterday, else the day. */
export function shortDate(at: number, now: number): string {
  if (at >= startOfDay(startOfDay(now) - DAY / 2)) return writeDate(at, TIME);
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return writeDate(at, isThisYear ? DAY_AND_MONTH : { ...DAY_AND_MONTH, year: 'numeric' });
}

export function wholeDate(at: number): string {
  return writeDate(at, { dateStyle: 'full', timeStyle: 'short' });
}
