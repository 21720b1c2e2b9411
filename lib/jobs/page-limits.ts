// What pages may cost, whoever acts for them: each translation needs a gesture, and a page that gets hold of gestures is still held to
// these. Kept for the session, so that a worker that is restarted does not begin to count anew.
import { LIMIT_WORDS, StreamError } from '../engine/errors.ts';

export interface PageLimitDeps {
  /** Epoch milliseconds. */
  now(): number;
  read(): Promise<unknown>;
  write(spent: Spent): Promise<void>;
}

interface Spent {
  starts: { tabId: number; at: number }[];
  /** Characters of the last 24 hours, by the start they were asked with. */
  chars: { at: number; count: number }[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const MAX_STARTS_A_MINUTE = 10;
export const MAX_STARTS_AN_HOUR = 60;
export const MAX_CHARS_A_DAY = 200_000;

export class PageLimits {
  private readonly deps: PageLimitDeps;
  private spent: Spent = { starts: [], chars: [] };
  private readonly loaded: Promise<void>;

  constructor(deps: PageLimitDeps) {
    this.deps = deps;
    this.loaded = deps.read().then(
      (stored) => {
        this.spent = readSpent(stored);
      },
      () => {},
    );
  }

  /** Counts a start. @throws StreamError `rate-limited` with the limit that is met, which is then not counted */
  async take(tabId: number | undefined, count: number): Promise<void> {
    await this.loaded;
    const at = this.deps.now();
    // What lies in the future was written before the clock was set back; it still counts, or setting it would free a page.
    const starts = this.spent.starts.filter((start) => at - start.at < HOUR);
    const chars = this.spent.chars.filter((one) => at - one.at < DAY);
    const ofTab = starts.filter((start) => start.tabId === tabId);
    const lastMinute = ofTab.filter((start) => at - start.at < MINUTE);
    if (lastMinute.length >= MAX_STARTS_A_MINUTE) throw met('minute');
    if (ofTab.length >= MAX_STARTS_AN_HOUR) throw met('hour');
    if (chars.reduce((sum, one) => sum + one.count, count) > MAX_CHARS_A_DAY) throw met('day');
    this.spent = { starts: [...starts, { tabId: tabId ?? -1, at }], chars: [...chars, { at, count }] };
    // Where the storage is full the counts hold as long as the worker lives.
    await this.deps.write(this.spent).catch(() => {});
  }
}

function met(limit: keyof typeof LIMIT_WORDS): StreamError {
  return new StreamError('rate-limited', LIMIT_WORDS[limit]);
}

function readSpent(stored: unknown): Spent {
  const { starts, chars } = (stored ?? {}) as { starts?: unknown; chars?: unknown };
  return {
    starts: list(starts).filter((one) => isNumber(one['tabId']) && isNumber(one['at'])) as Spent['starts'],
    chars: list(chars).filter((one) => isNumber(one['count']) && isNumber(one['at'])) as Spent['chars'],
  };
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
