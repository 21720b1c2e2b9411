// The toolbar button's badge: an answer is being written that nobody looks at, or one has ended unseen.
import type { Turn } from '../protocol/contract.ts';
import { say } from '../words/say.ts';

export interface BadgeDeps {
  /** Survives the worker, not the browser. */
  read(): Promise<unknown>;
  write(unseen: unknown): Promise<void>;
  show(badge: { text: string; title: string }): void;
  isUnwatched(): boolean;
  /** Calls back once after `ms`. */
  after(ms: number, callback: () => void): void;
}

interface Unseen {
  conversationId: string;
  isWhole: boolean;
}

const MAX_UNSEEN = 99;
const SETTLE_MS = 300;

export class Badge {
  private readonly deps: BadgeDeps;
  private readonly unseen = new Map<string, Unseen>();
  private readonly loaded: Promise<void>;
  private isDue = false;

  constructor(deps: BadgeDeps) {
    this.deps = deps;
    this.loaded = deps.read().then(
      (stored) => {
        for (const one of readUnseen(stored)) this.unseen.set(one.conversationId, one);
      },
      () => {},
    );
  }

  async ended({ conversationId, state }: Turn): Promise<void> {
    await this.loaded;
    this.unseen.delete(conversationId);
    this.unseen.set(conversationId, { conversationId, isWhole: state === 'done' });
    await this.changed();
  }

  /** A view shows this conversation. */
  async seen(conversationId: string): Promise<void> {
    await this.loaded;
    if (this.unseen.delete(conversationId)) await this.changed();
  }

  /** The conversation that ended unseen last; undefined where there is none. */
  async findUnseen(): Promise<string | undefined> {
    await this.loaded;
    return [...this.unseen.keys()].at(-1);
  }

  /** A turn began or ended, or its viewers changed. Not at once: between a message and its first viewer lie some milliseconds. */
  update(): void {
    if (this.isDue) return;
    this.isDue = true;
    this.deps.after(SETTLE_MS, () => {
      this.isDue = false;
      void this.loaded.then(() => this.deps.show(this.looks()));
    });
  }

  private async changed(): Promise<void> {
    this.deps.show(this.looks());
    // Where the session's storage is full, the badge is right until the worker sleeps.
    await this.deps.write([...this.unseen.values()].slice(-MAX_UNSEEN)).catch(() => {});
  }

  private looks(): { text: string; title: string } {
    if (this.deps.isUnwatched()) return { text: '…', title: say('badgeWriting') };
    const all = [...this.unseen.values()];
    if (all.length === 0) return { text: '', title: 'Runnel' };
    if (all.some(({ isWhole }) => !isWhole)) return { text: '!', title: say('badgeBroken') };
    return { text: String(Math.min(all.length, MAX_UNSEEN)), title: say('badgeReady') };
  }
}

function readUnseen(stored: unknown): Unseen[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter(
    (one): one is Unseen =>
      typeof one === 'object' &&
      one !== null &&
      typeof one.conversationId === 'string' &&
      typeof one.isWhole === 'boolean',
  );
}
