// What the server saw and did, one entry a request; the witness of every browser test.
import type { IncomingHttpHeaders } from 'node:http';

/** Times are epoch milliseconds with fractions; null = has not happened. */
export interface JournalEntry {
  id: number;
  method: string;
  path: string;
  /** With the query string. */
  url: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON; the raw text where it is not JSON; null without a body. */
  body: unknown;
  startedAt: number;
  headersAt: number | null;
  firstByteAt: number | null;
  /** Body bytes handed to the socket, before any compression. */
  bytesSent: number;
  /** SSE events that carried a JSON chunk. */
  chunksSent: number;
  /** The text deltas that were handed to the socket, joined. */
  textSent: string;
  lastChunkAt: number | null;
  /** The server was done: end of the body, or the cut it was told to make. */
  endedAt: number | null;
  /** The response is closed, whoever did it. */
  closedAt: number | null;
  closedBy: 'server' | 'client' | null;
  /** The client left before the server was done. */
  aborted: boolean;
}

export interface Journal {
  readonly entries: JournalEntry[];
  open(request: Pick<JournalEntry, 'method' | 'path' | 'url' | 'headers'>): JournalEntry;
  /** To be called after every change of an entry; wakes who waits. */
  changed(entry: JournalEntry): void;
  /** Resolves with the first entry that matches, now or later; rejects after `ms`. */
  waitFor(matches: (entry: JournalEntry) => boolean, ms?: number): Promise<JournalEntry>;
  clear(): void;
}

/** Epoch milliseconds, finer than Date.now(). */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  const watchers = new Set<(entry: JournalEntry) => void>();
  let lastId = 0;

  function changed(entry: JournalEntry): void {
    for (const watch of [...watchers]) watch(entry);
  }

  return {
    entries,
    changed,
    open(request) {
      lastId += 1;
      const entry: JournalEntry = {
        id: lastId,
        ...request,
        body: null,
        startedAt: now(),
        headersAt: null,
        firstByteAt: null,
        bytesSent: 0,
        chunksSent: 0,
        textSent: '',
        lastChunkAt: null,
        endedAt: null,
        closedAt: null,
        closedBy: null,
        aborted: false,
      };
      entries.push(entry);
      return entry;
    },
    waitFor(matches, ms = 5000) {
      const found = entries.find(matches);
      if (found) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(watch);
          reject(new Error(`no matching request within ${ms} ms; seen: ${summary(entries)}`));
        }, ms);
        function watch(entry: JournalEntry): void {
          // A cleared entry may still change while its response closes; it is nobody's answer any more.
          if (!entries.includes(entry) || !matches(entry)) return;
          clearTimeout(timer);
          watchers.delete(watch);
          resolve(entry);
        }
        watchers.add(watch);
      });
    },
    clear() {
      entries.length = 0;
    },
  };
}

function summary(entries: JournalEntry[]): string {
  const lines = entries.map((entry) => `${entry.method} ${entry.path} (${entry.bytesSent} bytes)`);
  return lines.join(', ') || 'nothing';
}
