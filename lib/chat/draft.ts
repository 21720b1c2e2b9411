// The text in the message box, and what keeps a text that was sent from being lost: it waits here, or comes back.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { say } from '../words/say.ts';
import type { ChatDeps } from './deps.ts';
import { Outbox } from './outbox.ts';

/** The outbox's name for a message that waits for its conversation. */
const PENDING = 'pending';

/** What the worker takes (lib/protocol/requests.ts). It refuses more without a word for a person, who can still shorten it here. */
export const MAX_MESSAGE = 400_000;

export class Draft {
  readonly text: Signal<string> = signal('');
  /** Where a text went; empty where there is nothing to say. */
  readonly note: Signal<string> = signal('');
  readonly outbox: Outbox;
  private readonly waiting: Signal<string | null> = signal(null);
  private readonly deps: Pick<ChatDeps, 'connect' | 'wait' | 'outbox' | 'now'>;

  constructor(deps: Pick<ChatDeps, 'connect' | 'wait' | 'outbox' | 'now'>) {
    this.deps = deps;
    this.outbox = new Outbox(deps.outbox, deps.now);
  }

  /** A message that was sent before the conversation was known. */
  get pending(): ReadonlySignal<string | null> {
    return this.waiting;
  }

  hold(text: string): void {
    this.waiting.value = text;
    this.outbox.put(PENDING, text);
  }

  /** The message that waited; null where none did. */
  release(): string | null {
    const text = this.waiting.value;
    this.waiting.value = null;
    if (text !== null) this.outbox.taken(PENDING);
    return text;
  }

  /** Whether no worker takes this; then the note says so, and the text stays where it is. */
  isTooLong(text: string): boolean {
    if (text.length > MAX_MESSAGE) this.note.value = say('messageTooLong', MAX_MESSAGE);
    return text.length > MAX_MESSAGE;
  }

  /** What is sent leaves the box. */
  clear(text: string): void {
    if (this.text.value === text) this.text.value = '';
    this.note.value = '';
  }

  readonly refuse = (text: string): void => this.giveBack(text, say('answeredElsewhere'));

  /** Puts a text that was not sent back into the box, before what is written there by now. */
  giveBack(text: string, why = ''): void {
    const { text: box } = this;
    box.value = box.value === '' || box.value === text ? text : `${text}\n\n${box.value}`;
    if (why) this.note.value = why;
  }

  /** Gives back what another view sent and the worker never got. */
  async recover(): Promise<void> {
    for (const lost of await this.outbox.recover(this.deps.connect, this.deps.wait))
      this.giveBack(lost, say('notSent'));
  }
}
