// What of a growing answer can be read aloud: whole sentences, each once. Loaded when the first answer streams.
import { type SpokenWords, spokenText } from '../render/plain-text.ts';
import { repairTail } from '../render/repair.ts';
import { createSegmenter } from '../render/segments.ts';
import { say, sayCount } from '../words/say.ts';
import type { TextView } from './text-feed.ts';

const spokenWords: SpokenWords = {
  code: (lines) => sayCount('codeHeard', lines),
  note: (label, text) => say('footnoteHeard', label, text),
};

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
  /** How many characters of the source nobody wants to hear, and how many of these are still to come. */
  private readonly before: number;
  private unheard: number;
  /** What comes now was there before. */
  private isOld = false;

  /** `before`: characters that are there already when somebody begins to listen. */
  constructor(before: number) {
    this.before = before;
    this.unheard = before;
  }

  append(text: string): void {
    const old = text.slice(0, this.unheard);
    if (old !== '') {
      this.isOld = true;
      this.push(old);
      this.unheard -= old.length;
      // The sentence that is under way is heard whole.
      if (this.unheard === 0) this.take();
      this.isOld = false;
    }
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
    this.unheard = this.before;
  }

  end(): void {
    this.close(this.segmenter.tail());
    this.segmenter = createSegmenter();
  }

  /** The sentences that have become whole since the last time; empty where there are none. */
  take(): string {
    const open = this.segmenter.tail();
    if (open.length <= MAX_OPEN && !this.segmenter.openFence()) {
      const spoken = spokenText(repairTail(open), spokenWords);
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
    // A long text that was there before is not even looked at.
    if (this.isOld) return;
    const spoken = `${spokenText(segment, spokenWords)}\n`;
    this.say(spoken.slice(this.taken));
    // What was open may have been more than one segment.
    this.taken = Math.max(0, this.taken - spoken.length);
  }

  private say(words: string): void {
    if (this.isOld) return;
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
