// What of a growing answer can be read aloud: whole sentences, each once. Loaded when the first answer streams.
import { spokenText } from '../render/plain-text.ts';
import { repairTail } from '../render/repair.ts';
import { createSegmenter } from '../render/segments.ts';
import type { TextView } from './text-feed.ts';

/** A paragraph that is longer than this is read when it is whole: looking for its sentences again and again would cost too much. */
const MAX_OPEN = 20_000;

export class Speech implements TextView {
  private segmenter = createSegmenter();
  private readonly sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
  /** What has come since the last `take`. */
  private ready = '';
  /** How much of the segment that is still open was taken, as it is spoken. */
  private taken = 0;
  /** How much was taken in all, and how much of what comes is still to be left out, because it was. */
  private total = 0;
  private skipped = 0;
  /** Characters of the source that nobody wants to hear any more. */
  private unheard: number;

  /** `unheard`: characters that are there already when somebody begins to listen. */
  constructor(unheard: number) {
    this.unheard = unheard;
  }

  append(text: string): void {
    const old = text.slice(0, this.unheard);
    this.push(old);
    if (old !== '' && old.length === this.unheard) this.take();
    this.unheard -= old.length;
    this.push(text.slice(old.length));
  }

  mark(): void {}

  /** The text begins anew; what was read of it is not read again. */
  reset(): void {
    this.segmenter = createSegmenter();
    this.ready = '';
    this.taken = 0;
    this.skipped = this.total;
    this.total = 0;
  }

  end(): void {
    this.close(this.segmenter.tail());
    this.segmenter = createSegmenter();
  }

  /** The sentences that have become whole since the last time; empty where there are none. */
  take(): string {
    const open = this.segmenter.tail();
    if (open.length <= MAX_OPEN && !this.segmenter.openFence()) {
      const spoken = spokenText(repairTail(open));
      const whole = wholeSentences(spoken, this.sentences);
      this.say(spoken.slice(this.taken, whole));
      this.taken = Math.max(this.taken, whole);
    }
    const said = this.ready.trim();
    this.ready = '';
    return said;
  }

  private push(text: string): void {
    for (const segment of this.segmenter.push(text.replaceAll('\r', ''))) this.close(segment);
  }

  /** Nothing can change a closed segment any more. */
  private close(segment: string): void {
    const spoken = `${spokenText(segment)}\n`;
    this.say(spoken.slice(this.taken));
    // What was open may have been more than one segment.
    this.taken = Math.max(0, this.taken - spoken.length);
  }

  private say(words: string): void {
    this.total += words.length;
    const left = words.slice(this.skipped);
    this.skipped -= words.length - left.length;
    this.ready += left;
  }
}

/** Where the last sentence begins that may still go on. */
function wholeSentences(text: string, sentences: Intl.Segmenter): number {
  let last = 0;
  for (const { index } of sentences.segment(text)) last = index;
  return last;
}
