// Sums up the rows of a run.
import type { RowRecord } from '../harness/record.ts';
import type { AbsentRow } from './not-yet.ts';

export interface RowResult {
  name: string;
  passed: boolean;
  /** Absent where the row ended before the oracles. */
  record: RowRecord | undefined;
}

export interface Figures {
  passed: number;
  failed: string[];
  duplicates: number;
  lostBytes: number;
  /** The most that a row in which a process died has lost, ms of stream; null where none was run. */
  mostLostMs: number | null;
  canaryHits: number;
  foreignRequests: number;
  /** 95th percentile and number of measurements, by name. */
  times: Record<string, { p95: number; count: number; longest: number }>;
}

/** The smallest value that at least 95 % of `values` do not exceed; NaN without values. */
export function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

export function sumUp(results: readonly RowResult[]): Figures {
  const records = results.flatMap(({ record }) => record ?? []);
  const sum = (read: (record: RowRecord) => number) =>
    records.reduce((total, record) => total + read(record), 0);
  const lost = records.flatMap(({ lostMs }) => lostMs ?? []);
  const times: Figures['times'] = {};
  // Several measurements of one kind are told apart by what follows the colon.
  const all = records.flatMap(({ measured }) => Object.entries(measured));
  for (const [kind, entries] of Object.entries(
    Object.groupBy(all, ([name]) => name.split(':', 1)[0] ?? ''),
  )) {
    const values = (entries ?? []).map(([, value]) => value);
    times[kind] = { p95: percentile95(values), count: values.length, longest: Math.max(...values) };
  }
  return {
    passed: results.filter(({ passed }) => passed).length,
    failed: results.filter(({ passed }) => !passed).map(({ name }) => name),
    duplicates: sum(({ duplicates }) => duplicates),
    lostBytes: sum(({ lostBytes }) => lostBytes),
    mostLostMs: lost.length === 0 ? null : Math.max(...lost),
    canaryHits: sum(({ canaryHits }) => canaryHits),
    foreignRequests: sum(({ foreignRequests }) => foreignRequests),
    times,
  };
}

/** The report as lines of text. */
export function formatFigures(
  figures: Figures,
  absent: { notYet: readonly AbsentRow[]; elsewhere: readonly AbsentRow[] },
): string {
  const { passed, failed, times } = figures;
  const named: Record<string, string> = {
    stopToClose: 'stop → server close, p95',
    killToRecovered: 'kill → view recovered, p95',
  };
  const figure = (value: number) => (value < 10 ? value.toFixed(2) : Math.round(value));
  const time = ([name, { p95, count, longest }]: [string, Figures['times'][string]]) =>
    `  ${named[name] ?? name}: ${figure(p95)} (${count} measured, longest ${figure(longest)})`;
  return [
    'The table of faults',
    `  rows passed: ${passed} of ${passed + failed.length}`,
    ...failed.map((name) => `  FAILED: ${name}`),
    `  duplicate requests: ${figures.duplicates}`,
    `  bytes lost where no process died: ${figures.lostBytes}`,
    `  most of a stream lost where one died: ${figures.mostLostMs === null ? 'not measured' : `${Math.round(figures.mostLostMs)} ms`}`,
    ...Object.entries(times).map(time),
    `  places where the key was found: ${figures.canaryHits}`,
    `  requests to foreign hosts: ${figures.foreignRequests}`,
    ...absent.elsewhere.map(({ id, reason }) => `  elsewhere: ${id}, ${reason}`),
    ...absent.notYet.map(({ id, reason }) => `  not yet: ${id}, ${reason}`),
  ].join('\n');
}
