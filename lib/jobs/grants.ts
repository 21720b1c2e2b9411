// A page may start one translation for each gesture of its user, and nothing else. The grant is minted by the worker when the browser
// reports the gesture, before the page script is injected, and is bound to the document that the browser says the script ran in.
import { StreamError } from '../engine/errors.ts';

export interface Grant {
  tabId: number;
  frameId: number;
  maxChars: number;
}

interface Minted extends Grant {
  /** Resolves when the script has been injected, with the document it runs in; undefined where the browser does not tell. */
  documentId: Promise<string | undefined>;
  expires: number;
  retriesLeft: number;
}

interface Frame {
  tabId: number | undefined;
  frameId: number | undefined;
  documentId: string | undefined;
}

const LIFETIME_MS = 30_000;
/** How long the "Retry" on a block that failed stays good. */
const RETRY_LIFETIME_MS = 10 * 60_000;
/** How often one gesture's blocks may be tried again. */
const MAX_RETRIES = 5;

export class Grants {
  private readonly minted = new Map<string, Minted>();
  /** The grants that were spent last, by frame: what a retry may draw on. */
  private readonly spent = new Map<string, Minted>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** A second gesture in the same frame replaces the first. */
  mint(grant: Grant, documentId: Promise<string | undefined>): void {
    documentId.catch(() => {});
    const expires = this.now() + LIFETIME_MS;
    this.minted.set(keyOf(grant), { ...grant, documentId, expires, retriesLeft: MAX_RETRIES });
  }

  /** After a run that failed: its document may ask once more for as much text as failed. */
  mintRetry(frame: Frame, maxChars: number): void {
    const key = findKey(frame);
    const spent = this.spent.get(key);
    this.spent.delete(key);
    if (!spent || spent.retriesLeft === 0) return;
    const expires = this.now() + RETRY_LIFETIME_MS;
    this.minted.set(key, { ...spent, maxChars, expires, retriesLeft: spent.retriesLeft - 1 });
  }

  revoke(frame: { tabId: number; frameId: number }): void {
    this.minted.delete(keyOf(frame));
  }

  /** Spends the grant of a frame. @throws StreamError `permission` where there is none for this document and this much text. */
  async spend(frame: Frame, chars: number): Promise<void> {
    const key = findKey(frame);
    const grant = this.minted.get(key);
    // Taken before anything is awaited, so that two requests at once cannot both have it.
    this.minted.delete(key);
    if (!grant || grant.expires < this.now()) throw refused('Select text and translate it again.');
    if (chars > grant.maxChars) throw refused('The selection is too long.');
    const documentId = await grant.documentId;
    if (documentId !== undefined && frame.documentId !== undefined && documentId !== frame.documentId)
      throw refused('The page has changed.');
    this.spent.set(key, grant);
  }
}

function findKey({ tabId, frameId }: Frame): string {
  return tabId === undefined || frameId === undefined ? '' : keyOf({ tabId, frameId });
}

function keyOf({ tabId, frameId }: { tabId: number; frameId: number }): string {
  return `${tabId}/${frameId}`;
}

function refused(message: string): StreamError {
  return new StreamError('permission', message);
}
