// How long a server asks us to wait.

/** Milliseconds: `retry-after-ms` before `retry-after`, which is seconds or a date; undefined where neither says anything sensible. */
export function findRetryAfter(headers: Headers): number | undefined {
  const ms = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers.get('retry-after');
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  // Date.parse takes almost anything for a date, "-1" and "1, 2" too; an HTTP date names its month.
  const wait = /\d [A-Za-z]{3} \d/.test(value) ? Date.parse(value) - Date.now() : Number.NaN;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
