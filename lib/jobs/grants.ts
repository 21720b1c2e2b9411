// A page may start one translation for each gesture of its user, and nothing else. The grant is minted by the worker when the browser
// reports the gesture, before the page script is injected, and is bound to the document that the browser says the script ran in.
// Grants are kept outside the worker, which may die at any moment. What cannot be kept is lost with it: no grant, never one too many.
import { GRANT_WORDS, StreamError } from '../engine/errors.ts';
import {
  documentKey,
  type Frame,
  findRetry,
  findRun,
  frameKey,
  type Grant,
  type GrantRecord,
  isGood,
  readRecords,
} from './grant-record.ts';
import { type GrantStore, keepRecords } from './grant-store.ts';

export interface GrantDeps extends GrantStore {
  /** Epoch milliseconds. */
  now(): number;
}

interface Gesture {
  record: GrantRecord;
  /** Resolves when the script has been injected, with the document it runs in; undefined where the browser does not tell. */
  documentId: Promise<string | undefined>;
}

/** How often one gesture's blocks may be tried again. */
const MAX_RETRIES = 5;
/** In how many languages beside the first. */
const MAX_LANGUAGES = 5;

export class Grants {
  private readonly deps: GrantDeps;
  /** By frame: which document it will be is known only after the injection. */
  private readonly gestures = new Map<string, Gesture>();
  /** Runs that go on, and what may be tried again; by document. */
  private readonly held = new Map<string, GrantRecord>();
  private loading: Promise<void> | undefined;
  private saving: Promise<unknown> = Promise.resolve();

  constructor(deps: GrantDeps) {
    this.deps = deps;
  }

  /** A second gesture in the same frame replaces the first. */
  mint(grant: Grant, documentId: Promise<string | undefined>): void {
    const since = this.deps.now();
    const record: GrantRecord = {
      ...grant,
      kind: 'gesture',
      documentId: undefined,
      since,
      retriesLeft: MAX_RETRIES,
      languages: [],
      gestureChars: 0,
      languagesLeft: MAX_LANGUAGES,
    };
    const gesture = { record, documentId };
    this.gestures.set(frameKey(grant), gesture);
    documentId
      .then((id) => {
        record.documentId = id;
        return this.gestures.get(frameKey(grant)) === gesture && this.save();
      })
      .catch(() => {});
  }

  revoke(frame: { tabId: number; frameId: number }): void {
    this.gestures.delete(frameKey(frame));
    void this.save();
  }

  /**
   * Spends the grant of a frame; to be settled or dropped when the run is over. `language` is a BCP 47 tag.
   * @throws StreamError `permission` where there is none for this document and this much text in this language.
   */
  async spend(frame: Frame, chars: number, language: string): Promise<GrantRecord> {
    await this.load();
    // Taken before anything else is awaited, so that two requests at once cannot both have it.
    const now = this.deps.now();
    const gesture = this.takeGesture(frame);
    const retry = this.takeRetry(frame);
    const isFresh = gesture !== undefined && isGood(gesture.record, now) && (await isFor(gesture, frame));
    const grant = isFresh ? gesture.record : retry;
    const found = grant && isGood(grant, now) ? findRun(grant, chars, language, now) : undefined;
    if (!found) {
      // A request for what it is not good for does not use it up.
      if (retry && !this.held.has(documentKey(retry))) this.held.set(documentKey(retry), retry);
      throw refused(isFresh ? GRANT_WORDS.tooLong : GRANT_WORDS.none);
    }
    const run: GrantRecord = { ...found, documentId: frame.documentId ?? found.documentId };
    this.held.set(documentKey(run), run);
    // Written down before anything is sent: a grant that another worker would find unspent is not good.
    if (await this.save()) return run;
    this.held.delete(documentKey(run));
    throw refused('The grant cannot be stored.');
  }

  /** The run is over: its document may ask once more for as much text as `chars`, and for all of it in another language. */
  settle(run: GrantRecord, chars: number): void {
    this.end(run, findRetry(run, chars, this.deps.now()));
  }

  /** The run is over, and its document may ask for nothing more. */
  drop(run: GrantRecord): void {
    this.end(run, undefined);
  }

  private end(run: GrantRecord, left: GrantRecord | undefined): void {
    const key = documentKey(run);
    // A newer run of the same document has its own.
    if (this.held.get(key) !== run) return;
    this.hold(key, left);
    void this.save();
  }

  private takeGesture({ tabId, frameId }: Frame): Gesture | undefined {
    if (tabId === undefined || frameId === undefined) return undefined;
    const key = frameKey({ tabId, frameId });
    const gesture = this.gestures.get(key);
    this.gestures.delete(key);
    return gesture;
  }

  private takeRetry({ tabId, frameId, documentId }: Frame): GrantRecord | undefined {
    const found = [...this.held].find(
      ([, record]) =>
        record.kind === 'retry' &&
        record.tabId === tabId &&
        record.frameId === frameId &&
        record.documentId === documentId,
    );
    if (found) this.held.delete(found[0]);
    return found?.[1];
  }

  private hold(key: string, record: GrantRecord | undefined): void {
    if (record) this.held.set(key, record);
    else this.held.delete(key);
  }

  private load(): Promise<void> {
    this.loading ??= this.takeOver();
    return this.loading;
  }

  /** What an earlier worker held. A run of its own ended with it, whatever it had left. */
  private async takeOver(): Promise<void> {
    let stored: unknown;
    try {
      stored = await this.deps.read();
    } catch {
      // Nothing can be known of them, so there are none.
    }
    const now = this.deps.now();
    for (const record of readRecords(stored).filter((one) => isGood(one, now))) {
      const [frame, key] = [frameKey(record), documentKey(record)];
      if (record.kind === 'gesture') {
        const documentId = Promise.resolve(record.documentId);
        if (!this.gestures.has(frame)) this.gestures.set(frame, { record, documentId });
      } else {
        const left = record.kind === 'run' ? findRetry(record, record.maxChars, now) : record;
        this.hold(key, this.held.get(key) ?? left);
      }
    }
  }

  /** False where a later worker could find grants that are spent. */
  private save(): Promise<boolean> {
    const saved = this.saving.then(() => this.write());
    this.saving = saved;
    return saved;
  }

  private async write(): Promise<boolean> {
    await this.load();
    this.prune();
    const records = [...[...this.gestures.values()].map(({ record }) => record), ...this.held.values()];
    return await keepRecords(this.deps, records);
  }

  private prune(): void {
    const now = this.deps.now();
    for (const [key, { record }] of this.gestures) if (!isGood(record, now)) this.gestures.delete(key);
    for (const [key, record] of this.held)
      if (record.kind === 'retry' && !isGood(record, now)) this.held.delete(key);
  }
}

/** A browser that names no documents is trusted by tab and frame. */
async function isFor(gesture: Gesture, frame: Frame): Promise<boolean> {
  const documentId = await gesture.documentId.catch(() => '');
  return documentId === undefined || frame.documentId === undefined || documentId === frame.documentId;
}

function refused(message: string): StreamError {
  return new StreamError('permission', message);
}
