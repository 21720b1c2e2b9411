// Stills: what a view of ours looked like when it was last whole, in localStorage of our own pages. The next view of that kind shows it
// before any of its modules is read (entrypoints/early.ts), so that whoever opens the popup sees the conversation at once.
import type { StillNode } from './tree.ts';

export interface Still {
  /** What it is of: the conversation's id, turns and name, a space between them. Where that has changed, it is of no use. */
  of: string;
  /** The children of the view's root. */
  nodes: StillNode[];
}

const PREFIX = 'still:';
/** Longer ones take longer to read than they save, characters. */
const MAX_LENGTH = 100_000;

/** By path of the page: popup, panel and tab look different. Another version of the extension may look different too. */
const key = (): string => `${PREFIX}${version()}${location.pathname}`;

interface Runtime {
  getManifest(): { version: string };
}

function version(): string {
  const { chrome } = globalThis as { chrome?: { runtime?: Runtime } };
  return chrome?.runtime?.getManifest().version ?? '';
}

/** Null where there is none, or none that can be read. */
export function readStill(): Still | null {
  try {
    return JSON.parse(localStorage.getItem(key()) ?? 'null');
  } catch {
    return null;
  }
}

/** Writes that of this page; those of other pages that are of something else go. One that is too large is not written. */
export function writeStill(still: Still): void {
  const text = JSON.stringify(still);
  forgetStills((other) => other.of === still.of);
  localStorage.removeItem(key());
  try {
    if (text.length <= MAX_LENGTH) localStorage.setItem(key(), text);
  } catch {
    // Full: the view opens as well without, only a moment later.
  }
}

/** Forgets what may not be shown any more: all, or all but those to be kept. Deleting and leaving a conversation end here. */
export function forgetStills(keeps: (still: Still) => boolean = () => false): void {
  for (const name of Object.keys(localStorage))
    if (name.startsWith(PREFIX) && !isKept(name, keeps)) localStorage.removeItem(name);
}

function isKept(name: string, keeps: (still: Still) => boolean): boolean {
  try {
    return keeps(JSON.parse(localStorage.getItem(name) ?? ''));
  } catch {
    return false;
  }
}
