// A page may start one translation for each gesture of its user, and nothing else. The grant is minted by the worker when the browser
// reports the gesture, before the page script is injected, and is bound to the document that the browser says the script ran in.
// Grants are kept outside the worker, which may die at any moment. What cannot be kept is lost with it: no grant, never one too many.
import { StreamError } from '../engine/errors.ts';
import {
  documentKey,
  type Frame,
  findRetry,
  frameKey,
  type Grant,
  type GrantRecord,
  isGood,
  readRecords,
} from './grant-record.ts';

export interface GrantDeps {
  /** Epoch milliseconds. */
  now(): number;
  /** Where grants outlive the worker; each may reject. */
  read(): Promise<unknown>;
  write(records: GrantRecord[]): Promise<void>;
  forget(): Promise<void>;
}

interface Gesture {
  record: GrantRecord;
  /** Resolves when the script has been injected, with the document it runs in; undefined where the browser does not tell. */
  documentId: Promise<string | undefined>;
}

/** How often one gesture's blocks may be tried again. */
const MAX_RETRIES = 5;

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
   * Spends the grant of a frame; to be settled when the run is over.
   * @throws StreamError `permission` where there is none for this document and this much text.
   */
  async spend(frame: Frame, chars: number): Promise<GrantRecord> {
    await this.load();
    // Taken before anything else is awaited, so that two requests at once cannot both have it.
    const now = this.deps.now();
    const gesture = this.takeGesture(frame);
    const retry = this.takeRetry(frame);
    const isFresh = gesture !== undefined && isGood(gesture.record, now) && (await isFor(gesture, frame));
    const grant = isFresh ? gesture.record : retry;
    if (!grant || !isGood(grant, now)) throw refused('Select text and translate it again.');
    if (chars > grant.maxChars) throw refused('The selection is too long.');
    const documentId = frame.documentId ?? grant.documentId;
    const run: GrantRecord = { ...grant, kind: 'run', documentId, maxChars: chars, since: now };
    this.held.set(documentKey(run), run);
    // Written down before anything is sent: a grant that another worker would find unspent is not good.
    if (await this.save()) return run;
    this.held.delete(documentKey(run));
    throw refused('The grant cannot be stored.');
  }

  /** The run is over: its document may ask once more for as much text as `chars`. */
  settle(run: GrantRecord, chars: number): void {
    const key = documentKey(run);
    // A newer run of the same document has its own.
    if (this.held.get(key) !== run) return;
    this.hold(key, findRetry(run, chars, this.deps.now()));
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
    // Without a document's name nobody could tell later whether the frame still shows it.
    const named = records.filter(({ documentId }) => documentId !== undefined);
    try {
      if (named.length > 0) {
        await this.deps.write(named);
        return true;
      }
    } catch {
      // Full, perhaps: what stands there is old now, and has to go.
    }
    try {
      await this.deps.forget();
      return true;
    } catch {
      return false;
    }
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
