// Messages on their way to the worker. A popup that closes in the instant of sending can take its message with it while the worker still
// starts; what is written here before it is sent is found by the next view, which gives the text back instead of losing it.
import { isTemporary } from '../history/temporary.ts';
import type { Connect } from '../protocol/channel.ts';
import { openRequest } from '../protocol/client.ts';

/** Kept synchronously and over restarts; one text for all views. */
export interface OutboxStore {
  read(): string | null;
  write(text: string): void;
}

interface Entry {
  turnId: string;
  text: string;
  /** Ms since the epoch. */
  at: number;
}

/** A younger message may still be under way from another view. */
const SETTLED_MS = 3000;

export class Outbox {
  private readonly store: OutboxStore;
  private readonly now: () => number;
  private readonly own = new Set<string>();

  constructor(store: OutboxStore, now: () => number) {
    this.store = store;
    this.now = now;
  }

  /** What is said in a temporary conversation is not noted: nothing of that may be on disk. */
  put(turnId: string, text: string, conversationId = ''): void {
    this.own.add(turnId);
    if (isTemporary(conversationId)) return;
    this.write([...this.read(), { turnId, text, at: this.now() }]);
  }

  /** The worker has them, or their texts are on screen elsewhere. */
  taken(...turnIds: string[]): void {
    const entries = this.read();
    const left = entries.filter(({ turnId }) => !turnIds.includes(turnId));
    if (left.length < entries.length) this.write(left);
  }

  /** Takes out and resolves with the texts that another view sent and the worker never got. */
  async recover(connect: Connect, wait: (ms: number) => Promise<void>): Promise<string[]> {
    const others = this.read().filter(({ turnId }) => !this.own.has(turnId));
    const lost: string[] = [];
    for (const { turnId, text, at } of others) {
      await wait(Math.min(SETTLED_MS, Math.max(0, at + SETTLED_MS - this.now())));
      const isKnown = await knows(connect, turnId);
      // Read again: the view it belongs to may have settled it meanwhile.
      if (isKnown === false && this.read().some((entry) => entry.turnId === turnId)) lost.push(text);
      if (isKnown !== undefined) this.taken(turnId);
    }
    return lost;
  }

  private read(): Entry[] {
    try {
      const entries: unknown = JSON.parse(this.store.read() ?? '[]');
      return Array.isArray(entries) ? entries.filter(isEntry) : [];
    } catch {
      return [];
    }
  }

  private write(entries: Entry[]): void {
    this.store.write(JSON.stringify(entries));
  }
}

/** Whether the worker has this turn; undefined where it cannot be asked. */
async function knows(connect: Connect, turnId: string): Promise<boolean | undefined> {
  const { promise, resolve } = Promise.withResolvers<boolean | undefined>();
  const asked = openRequest<'attach'>(connect, { type: 'attach', turnId, fromSeq: 0 }, () => resolve(true));
  asked.result.catch(({ code }: { code?: string }) => resolve(code === 'not-found' ? false : undefined));
  const isKnown = await promise;
  asked.leave();
  return isKnown;
}

function isEntry(value: unknown): value is Entry {
  const { turnId, text, at } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  return typeof turnId === 'string' && typeof text === 'string' && typeof at === 'number';
}
