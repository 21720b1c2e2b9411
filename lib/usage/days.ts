// Days as the user has them, `2026-01-31`: the clock on the wall counts, not Greenwich.

/** What is older is forgotten. */
export const MAX_DAYS = 400;

/** `at`: ms since the epoch. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day that many days before the day of `at`. */
export function daysBefore(at: number, days: number): string {
  const date = new Date(at);
  // At noon no change of the clocks makes it another day.
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() - days, 12).getTime());
}

/** The first day that is kept. */
export function cutoffDay(at: number): string {
  return daysBefore(at, MAX_DAYS);
}
