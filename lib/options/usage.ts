// What was used: the sums of a period, by day for the chart and by model for the table.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Connect } from '../protocol/channel.ts';
import { ask } from '../protocol/client.ts';
import type { Totals, UsageRow } from '../protocol/contract.ts';
import { daysBefore } from '../usage/days.ts';
import { NOTHING, plus } from '../usage/totals.ts';
import { say } from '../words/say.ts';
import { type Outcome, problemFrom } from './outcome.ts';

export const PERIODS = [7, 30, 90, 365] as const;
export type Period = (typeof PERIODS)[number];
export type Measure = 'tokens' | 'cost' | 'requests';

/** A bar of the chart: a day, or a week of a long period. */
export interface Bar {
  /** Its first day. */
  from: string;
  /** Its last day. */
  to: string;
  chat: Totals;
  translation: Totals;
}

/** A line of the table. */
export type ModelLine = Omit<UsageRow, 'day'>;

export interface Usage {
  period: ReadonlySignal<Period>;
  measure: Signal<Measure>;
  /** False until the figures are there. */
  isKnown: ReadonlySignal<boolean>;
  bars: ReadonlySignal<Bar[]>;
  lines: ReadonlySignal<ModelLine[]>;
  total: ReadonlySignal<Totals>;
  note: Signal<string>;
  load(): Promise<void>;
  choosePeriod(period: Period): Promise<void>;
  clear(): Promise<void>;
}

export function createUsage(connect: Connect, outcome: Outcome, now: () => number = Date.now): Usage {
  const rows = signal<UsageRow[] | null>(null);
  const period = signal<Period>(30);
  const note = signal('');
  let reads = 0;
  const known = computed(() => rows.value ?? []);
  async function load(): Promise<void> {
    const read = ++reads;
    const since = daysBefore(now(), period.peek() - 1);
    try {
      const found = await ask(connect, { type: 'usage', since });
      if (read === reads) rows.value = found;
    } catch {
      // Nobody pressed anything: whatever else is said on the page stays.
      note.value = say('figuresUnreadable');
    }
  }
  return {
    period,
    measure: signal<Measure>('tokens'),
    isKnown: computed(() => rows.value !== null),
    bars: computed(() => barsOf(known.value, period.value, now())),
    lines: computed(() => linesOf(known.value)),
    total: computed(() => known.value.reduce<Totals>(plus, NOTHING)),
    note,
    load,
    choosePeriod(next) {
      period.value = next;
      return load();
    },
    async clear() {
      try {
        await ask(connect, { type: 'clear-usage' });
        note.value = say('cleared');
      } catch (error) {
        outcome.show(problemFrom(error, 'usage'));
      }
      await load();
    },
  };
}

/** The figure of a sum that is measured. */
export function amountOf({ input, output, cost, requests }: Totals, measure: Measure): number {
  if (measure === 'tokens') return input + output;
  return measure === 'cost' ? cost : requests;
}

const WEEK = 7;

function barsOf(rows: readonly UsageRow[], period: Period, at: number): Bar[] {
  const size = period > 90 ? WEEK : 1;
  const bars: Bar[] = [];
  for (let last = 0; last < period; last += size) {
    const from = daysBefore(at, Math.min(period, last + size) - 1);
    bars.unshift({ from, to: daysBefore(at, last), chat: NOTHING, translation: NOTHING });
  }
  for (const row of rows) {
    const bar = bars.find(({ from, to }) => from <= row.day && row.day <= to);
    if (bar) bar[row.kind] = plus(bar[row.kind], row);
  }
  return bars;
}

function linesOf(rows: readonly UsageRow[]): ModelLine[] {
  const lines = new Map<string, ModelLine>();
  for (const row of rows) {
    const { kind, host, model } = row;
    const key = JSON.stringify([kind, host, model]);
    lines.set(key, { kind, host, model, ...plus(lines.get(key), row) });
  }
  return [...lines.values()].sort((a, b) => b.input + b.output - (a.input + a.output));
}
