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

/** gesture: not used yet. run: in use. retry: what may be asked for after a run: what of it failed, and all of it in another language. */
type GrantKind = 'gesture' | 'run' | 'retry';

export interface GrantRecord extends Grant {
  kind: GrantKind;
  documentId: string | undefined;
  /** When it became what it is, epoch milliseconds. */
  since: number;
  retriesLeft: number;
  /** Tags of the languages that the gesture's text was asked for in, the latest last. */
  languages: string[];
  /** How much text that was: as much may be asked for in another language. */
  gestureChars: number;
  /** How many more languages may follow. */
  languagesLeft: number;
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

/**
 * What may be asked for after a run of which `chars` characters failed: those again, and all of it in another language. Undefined where
 * nothing may.
 */
export function findRetry(run: GrantRecord, chars: number, now: number): GrantRecord | undefined {
  const maxChars = run.retriesLeft > 0 ? chars : 0;
  if (maxChars === 0 && run.languagesLeft === 0) return undefined;
  return { ...run, kind: 'retry', maxChars, since: now };
}

/** The run that `grant` is good for; undefined where it is not for this much text in this language. */
export function findRun(
  grant: GrantRecord,
  chars: number,
  language: string,
  now: number,
): GrantRecord | undefined {
  const { languages, gestureChars, retriesLeft, languagesLeft } = grant;
  const run: GrantRecord = { ...grant, kind: 'run', maxChars: chars, since: now };
  if (grant.kind === 'gesture')
    return chars <= grant.maxChars ? { ...run, languages: [language], gestureChars: chars } : undefined;
  if (language === languages.at(-1))
    return chars <= grant.maxChars ? { ...run, retriesLeft: retriesLeft - 1 } : undefined;
  if (languagesLeft === 0 || chars > gestureChars) return undefined;
  return { ...run, languages: [...languages, language], languagesLeft: languagesLeft - 1 };
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
  const { kind, documentId, languages } = record;
  const numbers = ['tabId', 'frameId', 'maxChars', 'since', 'retriesLeft', 'gestureChars', 'languagesLeft'];
  return (
    (kind === 'gesture' || kind === 'run' || kind === 'retry') &&
    typeof documentId === 'string' &&
    Array.isArray(languages) &&
    languages.every((tag) => typeof tag === 'string') &&
    numbers.every((name) => Number.isFinite(record[name]))
  );
}
