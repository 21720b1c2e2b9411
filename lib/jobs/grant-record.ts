// A grant as data: what is held of it, how long it is good, and how it is read back from where it was kept.

export interface Grant {
  tabId: number;
  frameId: number;
  maxChars: number;
}

/** A frame as the browser names it; parts it does not tell are undefined. */
export interface Frame {
  tabId: number | undefined;
  frameId: number | undefined;
  documentId: string | undefined;
}

/** gesture: not used yet. run: in use. retry: what a run that did not end well may ask for again. */
type GrantKind = 'gesture' | 'run' | 'retry';

export interface GrantRecord extends Grant {
  kind: GrantKind;
  documentId: string | undefined;
  /** When it became what it is, epoch milliseconds. */
  since: number;
  retriesLeft: number;
}

const LIFETIME_MS: Record<GrantKind, number> = {
  gesture: 30_000,
  // No job is kept awake longer than this, so an older one did not die with the worker before this one.
  run: 65 * 60_000,
  retry: 10 * 60_000,
};

/** Both ways: after a clock was set back, a grant from far ahead is no better than an old one. */
export function isGood({ kind, since }: GrantRecord, now: number): boolean {
  return Math.abs(now - since) <= LIFETIME_MS[kind];
}

/** What is left of a run of `chars` characters that may be asked for again; undefined where nothing is. */
export function findRetry(run: GrantRecord, chars: number, now: number): GrantRecord | undefined {
  if (chars === 0 || run.retriesLeft === 0) return undefined;
  return { ...run, kind: 'retry', maxChars: chars, since: now, retriesLeft: run.retriesLeft - 1 };
}

export function frameKey({ tabId, frameId }: { tabId: number; frameId: number }): string {
  return `${tabId}/${frameId}`;
}

/** A document keeps its name in the back/forward cache, while its frame shows another one. */
export function documentKey({ documentId, ...frame }: GrantRecord): string {
  return documentId ?? frameKey(frame);
}

/** Reads what was kept; what is not of this shape is left out, which is no grant. */
export function readRecords(stored: unknown): GrantRecord[] {
  return Array.isArray(stored) ? stored.filter(isRecord) : [];
}

function isRecord(value: unknown): value is GrantRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  const { kind, documentId } = record;
  const numbers = ['tabId', 'frameId', 'maxChars', 'since', 'retriesLeft'];
  return (
    (kind === 'gesture' || kind === 'run' || kind === 'retry') &&
    typeof documentId === 'string' &&
    numbers.every((name) => Number.isFinite(record[name]))
  );
}
