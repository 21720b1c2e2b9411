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
}

const LIFETIME_MS = 30_000;

export class Grants {
  private readonly minted = new Map<string, Minted>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** A second gesture in the same frame replaces the first. */
  mint(grant: Grant, documentId: Promise<string | undefined>): void {
    documentId.catch(() => {});
    this.minted.set(keyOf(grant), { ...grant, documentId, expires: this.now() + LIFETIME_MS });
  }

  revoke(frame: { tabId: number; frameId: number }): void {
    this.minted.delete(keyOf(frame));
  }

  /** Spends the grant of a frame. @throws StreamError `permission` where there is none for this document and this much text. */
  async spend(
    sender: { tabId: number | undefined; frameId: number | undefined; documentId: string | undefined },
    chars: number,
  ): Promise<void> {
    const { tabId, frameId } = sender;
    const key = tabId === undefined || frameId === undefined ? '' : keyOf({ tabId, frameId });
    const grant = this.minted.get(key);
    // Taken before anything is awaited, so that two requests at once cannot both have it.
    this.minted.delete(key);
    if (!grant || grant.expires < this.now()) throw refused('Select text and translate it again.');
    if (chars > grant.maxChars) throw refused('The selection is too long.');
    const documentId = await grant.documentId;
    if (documentId !== undefined && sender.documentId !== undefined && documentId !== sender.documentId)
      throw refused('The page has changed.');
  }
}

function keyOf({ tabId, frameId }: { tabId: number; frameId: number }): string {
  return `${tabId}/${frameId}`;
}

function refused(message: string): StreamError {
  return new StreamError('permission', message);
}
