// The search as the list sees it: what is typed goes to a worker of its own, and what it finds comes back piece by piece.
import { type Signal, signal } from '@preact/signals';
import type { Channel } from '../protocol/channel.ts';
import type { SearchAnswer, SearchHit } from '../protocol/search.ts';
import { sayStoreProblem } from '../words/storage.ts';

/** Without a question for so long its worker is let go: its index takes tens of megabytes, ms. */
const IDLE_MS = 60_000;

export class ConversationSearch {
  readonly query: Signal<string> = signal('');
  /** Null while nothing is searched. */
  readonly hits: Signal<SearchHit[] | null> = signal(null);
  /** The text that what is shown was found for. */
  readonly answered: Signal<string> = signal('');
  /** More may come: the index is still being read or made. */
  readonly isSearching: Signal<boolean> = signal(false);
  /** Why there is no search; null where there is. */
  readonly problem: Signal<string | null> = signal(null);
  private readonly openChannel: () => Channel;
  private channel: Channel | undefined;
  private asked = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(openChannel: () => Channel) {
    this.openChannel = openChannel;
  }

  /** Has the index ready before somebody types. */
  warm(): void {
    this.expectChannel();
    this.rest();
  }

  /** Searches for `text`; for nothing where it is empty. */
  find(text: string): void {
    this.query.value = text;
    const query = text.trim();
    this.asked++;
    this.rest();
    if (query === '') {
      this.hits.value = null;
      this.isSearching.value = false;
      return;
    }
    this.isSearching.value = true;
    this.expectChannel().post({ type: 'find', id: this.asked, query });
  }

  dispose(): void {
    clearTimeout(this.idle);
    this.channel?.close();
    this.channel = undefined;
  }

  private rest(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.dispose(), IDLE_MS);
  }

  private expectChannel(): Channel {
    if (this.channel) return this.channel;
    const channel = this.openChannel();
    channel.onMessage((message) => this.receive(message as SearchAnswer));
    this.channel = channel;
    return channel;
  }

  private receive(answer: SearchAnswer): void {
    if (answer.type === 'problem') {
      this.problem.value = sayStoreProblem(answer.message);
      this.isSearching.value = false;
    } else if (answer.id === this.asked) {
      this.problem.value = null;
      this.hits.value = answer.hits;
      this.answered.value = this.query.value;
      this.isSearching.value = !answer.isWhole;
    }
  }
}
