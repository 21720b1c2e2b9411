// Text that grows and whoever draws it. Deltas go straight to the drawing side, so that no view state changes per delta.

/** The drawing side of a feed. After `end` only `reset` comes. */
export interface TextView {
  append(text: string): void;
  /** Forget everything drawn so far. */
  reset(): void;
  /** The text is complete. */
  end(): void;
}

export class TextFeed {
  private whole = '';
  private ended = false;
  private readonly views = new Set<TextView>();

  get text(): string {
    return this.whole;
  }

  append(text: string): void {
    if (text === '') return;
    this.whole += text;
    const reopened = this.ended;
    this.ended = false;
    for (const view of this.views) {
      // What came to an end was drawn as final; the late rest needs a fresh start.
      if (reopened) view.reset();
      view.append(reopened ? this.whole : text);
    }
  }

  /** Makes the text `next`. Where `next` continues what is there, only the rest is drawn. */
  replace(next: string): void {
    if (next.startsWith(this.whole)) {
      this.append(next.slice(this.whole.length));
      return;
    }
    this.whole = '';
    this.ended = false;
    for (const view of this.views) view.reset();
    this.append(next);
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const view of this.views) view.end();
  }

  /** Draws the text so far into `view` and keeps it up to date until the returned function is called. */
  attach(view: TextView): () => void {
    if (this.whole !== '') view.append(this.whole);
    if (this.ended) view.end();
    this.views.add(view);
    return () => this.views.delete(view);
  }
}
