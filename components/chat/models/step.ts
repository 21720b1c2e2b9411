const PAGE = 8;

/** The row that a key leads to from `row`; undefined for keys that lead nowhere. Arrows go round. */
export function stepFrom<T>(rows: readonly T[], row: T | undefined, key: string): T | undefined {
  const at = row === undefined ? -1 : rows.indexOf(row);
  const last = rows.length - 1;
  if (key === 'ArrowDown') return rows[at === last ? 0 : at + 1];
  if (key === 'ArrowUp') return rows[at <= 0 ? last : at - 1];
  if (key === 'PageDown') return rows[Math.min(last, at + PAGE)];
  return key === 'PageUp' ? rows[Math.max(0, at - PAGE)] : undefined;
}
