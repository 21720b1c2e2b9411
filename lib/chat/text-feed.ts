// Text that grows and whoever draws it. Deltas go straight to the drawing side, so that no view state changes per delta.

/** The drawing side of a feed. After `end` only `reset` comes. */
export interface TextView {
  append(text: string): void;
  /** What is appended next goes on after a break. */
  mark(): void;
  /** Forget everything drawn so far. */
  reset(): void;
  /** The text is complete. */
  end(): void;
}

export class TextFeed {
  private whole = '';
  private ended = false;
  /** Offsets in the text at which it goes on after a break. */
  private seams: number[] = [];
  private readonly views = new Set<TextView>();

  get text(): string {
    return this.whole;
  }

  append(text: string): void {
    if (text === '') return;
    const from = this.whole.length;
    this.whole += text;
    const reopened = this.ended;
    this.ended = false;
    for (const view of this.views) {
      // What came to an end was drawn as final; the late rest needs a fresh start.
      if (reopened) view.reset();
      this.draw(view, reopened ? 0 : from);
    }
  }

  /** What comes next goes on after a break. */
  mark(): void {
    const offset = this.whole.length;
    if (offset > 0 && this.seams.at(-1) !== offset) this.seams.push(offset);
  }

  /** Makes the text `next`, with breaks at `seams`. Where that continues what is there, only the rest is drawn. */
  replace(next: string, seams: readonly number[] = []): void {
    const drawn = (all: readonly number[]) => all.filter((offset) => offset < this.whole.length).join();
    const continues = next.startsWith(this.whole) && drawn(seams) === drawn(this.seams);
    if (!continues) {
      this.whole = '';
      this.ended = false;
      for (const view of this.views) view.reset();
    }
    this.seams = [...seams];
    this.append(next.slice(this.whole.length));
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const view of this.views) view.end();
  }

  /** Draws the text so far into `view` and keeps it up to date until the returned function is called. */
  attach(view: TextView): () => void {
    this.draw(view, 0);
    if (this.ended) view.end();
    this.views.add(view);
    return () => this.views.delete(view);
  }

  private draw(view: TextView, from: number): void {
    let start = from;
    for (const seam of this.seams) {
      if (seam < start || seam >= this.whole.length || seam === 0) continue;
      if (seam > start) view.append(this.whole.slice(start, seam));
      view.mark();
      start = seam;
    }
    if (start < this.whole.length) view.append(this.whole.slice(start));
  }
}
