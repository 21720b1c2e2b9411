import type { Totals } from '../protocol/contract.ts';

const FIELDS = ['requests', 'input', 'output', 'cost', 'estimated', 'unpriced'] as const;

export const NOTHING: Totals = { requests: 0, input: 0, output: 0, cost: 0, estimated: 0, unpriced: 0 };

export function plus(a: Totals = NOTHING, b: Totals = NOTHING): Totals {
  return Object.fromEntries(FIELDS.map((field) => [field, a[field] + b[field]])) as unknown as Totals;
}

/** The totals in a stored row; undefined where it has none. */
export function readTotals(row: unknown): Totals | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const values = FIELDS.map((field) => [field, (row as Record<string, unknown>)[field]] as const);
  const areNumbers = values.every(([, value]) => typeof value === 'number' && Number.isFinite(value));
  return areNumbers ? (Object.fromEntries(values) as unknown as Totals) : undefined;
}
