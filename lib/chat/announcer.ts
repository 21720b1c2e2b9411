// What screen readers are told, through one live region: word by word nobody can follow, so an answer is read in whole sentences.
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { endWords } from './announce.ts';
import { isLive } from './reply-types.ts';
import type { Speech } from './speech.ts';
import type { TurnModel } from './turn-model.ts';

/** Between two pieces of an answer, ms: what is said faster is cut off by what follows. */
const GAP_MS = 2500;
/** How long sentences are gathered at least, ms. */
const GATHER_MS = 1000;

interface Followed {
  turnId: string;
  /** Undefined where it cannot be loaded: the extension was updated under this view. */
  speech: Promise<Speech | undefined>;
  detach: () => void;
}

interface AnnouncerDeps {
  now(): number;
  turns: ReadonlySignal<TurnModel[]>;
  /** False: only that an answer has ended is said. */
  readsAnswers(): boolean;
}

export class Announcer {
  private readonly said: Signal<string> = signal('');
  private readonly deps: AnnouncerDeps;
  private followed: Followed | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saidAt = Number.NEGATIVE_INFINITY;
  private stop: () => void = () => {};

  constructor(deps: AnnouncerDeps) {
    this.deps = deps;
  }

  /** The text of the live region. */
  get words(): ReadonlySignal<string> {
    return this.said;
  }

  /** Listens to whatever is streamed on screen until `dispose`. */
  start(): void {
    this.stop();
    this.stop = effect(() => {
      const live = this.deps.turns.value.find(({ reply }) => isLive(reply.state.value));
      if (live && live.id !== this.followed?.turnId) this.follow(live);
    });
  }

  dispose(): void {
    this.stop();
    this.leave();
  }

  say(words: string): void {
    // A region whose text stays the same is silent.
    this.said.value = words !== '' && words === this.said.peek() ? `${words}\u00a0` : words;
  }

  /** A turn has ended: the rest of it is said, and how it ended. */
  async ended(turn: TurnModel): Promise<void> {
    const { followed } = this;
    const words = endWords(turn);
    if (followed?.turnId !== turn.id) return this.say(words);
    const isStopped = turn.reply.trouble.peek()?.code === 'aborted';
    const rest = isStopped ? '' : ((await followed.speech)?.take() ?? '');
    if (this.followed === followed) this.leave();
    const wait = this.saidAt + GAP_MS - this.deps.now();
    const all = [rest, words].filter((part) => part !== '').join('\n');
    if (wait > 0 && all !== '' && !isStopped) this.timer = setTimeout(() => this.say(all), wait);
    else this.say(all);
  }

  private follow({ id, reply }: TurnModel): void {
    this.leave();
    if (!this.deps.readsAnswers()) return;
    const unheard = reply.text.text.length;
    const speech = import('./speech.ts').then(
      (loaded) => {
        const made = new loaded.Speech(unheard);
        if (this.followed?.turnId === id) this.followed.detach = this.listen(reply.text, made);
        return made;
      },
      () => undefined,
    );
    this.followed = { turnId: id, speech, detach: () => {} };
  }

  private listen(feed: TurnModel['reply']['text'], speech: Speech): () => void {
    return feed.attach({
      append: (text) => {
        speech.append(text);
        this.gather(speech);
      },
      mark: () => speech.mark(),
      reset: () => speech.reset(),
      end: () => speech.end(),
    });
  }

  private gather(speech: Speech): void {
    if (this.timer !== undefined) return;
    const wait = Math.max(GATHER_MS, this.saidAt + GAP_MS - this.deps.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const words = speech.take();
      if (words === '') return;
      this.saidAt = this.deps.now();
      this.say(words);
    }, wait);
  }

  private leave(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.followed?.detach();
    this.followed = undefined;
  }
}
