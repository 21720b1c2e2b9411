// What benches measure, and how it is told.

export interface Row {
  what: string;
  unit: string;
  median: number;
  min: number;
  max: number;
  runs: number;
  /** Against the contestant that this row is compared with, in the same run. */
  ratio?: number;
  target?: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

export function toRow(what: string, unit: string, values: readonly number[], more: Partial<Row> = {}): Row {
  return {
    what,
    unit,
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    runs: values.length,
    ...more,
  };
}

export function printTable(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, unit, median: middle, min, max, runs, ratio, target } of rows) {
    const range = runs > 1 ? `  (${show(min)} to ${show(max)}, ${runs} runs)` : '';
    const against = ratio === undefined ? '' : `  ${ratio.toFixed(2)} ×`;
    console.log(
      `  ${what.padEnd(width)}  ${show(middle).padStart(9)} ${unit}${range}${against}${target ? `  target ${target}` : ''}`,
    );
  }
}

function show(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}
