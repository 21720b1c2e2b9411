// One's own questions, brought back into the box with the arrow keys, as in a shell.

export class Recall {
  private readonly questions: () => readonly string[];
  /** Which question is in the box, counted from the newest; -1: what was written there. */
  private at = -1;
  private written = '';
  private shown = '';

  /** `questions`: the oldest first. */
  constructor(questions: () => readonly string[]) {
    this.questions = questions;
  }

  /** The text to put into the box, which now holds `text`; undefined where there is none in that direction. */
  step(direction: 'older' | 'newer', text: string): string | undefined {
    if (this.at >= 0 && text !== this.shown) this.at = -1;
    if (this.at < 0) this.written = text;
    const next = this.at + (direction === 'older' ? 1 : -1);
    const newestFirst = this.questions().toReversed();
    if (next < -1 || next >= newestFirst.length) return undefined;
    this.at = next;
    this.shown = newestFirst[next] ?? this.written;
    return this.shown;
  }
}
