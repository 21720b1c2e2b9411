// When something was said, as a list of conversations tells it.

const DAY = 86_400_000;

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });
const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const whole = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' });

/** The heading that something of this time stands under; both in ms since the epoch. */
export function groupOf(at: number, now: number): string {
  const today = startOfDay(now);
  if (at >= today) return 'Today';
  // A day may have 23 hours or 25.
  if (at >= startOfDay(today - DAY / 2)) return 'Yesterday';
  if (at >= startOfDay(today - 6.5 * DAY)) return 'Previous 7 days';
  if (at >= startOfDay(today - 29.5 * DAY)) return 'Previous 30 days';
  return month.format(at);
}

/** As short as it may be beside a title: the time today and yesterday, else the day. */
export function shortDate(at: number, now: number): string {
  if (at >= startOfDay(startOfDay(now) - DAY / 2)) return time.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? day.format(at) : dayAndYear.format(at);
}

export function wholeDate(at: number): string {
  return whole.format(at);
}
