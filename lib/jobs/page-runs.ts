// The runs of pages that go on, by document. Who stops one and at once asks for another must not be refused because the first has not given
// back yet what it leaves.
interface RunOfPage {
  signal: AbortSignal;
  over: Promise<void>;
}

export class PageRuns {
  private readonly runs = new Map<string, RunOfPage>();

  /** Resolves when the run of this document is over, where it was stopped already; else at once. */
  async settled(document: string): Promise<void> {
    const run = this.runs.get(document);
    if (run?.signal.aborted) await run.over;
  }

  /** Notes a run that ends early with `signal`; to be called back when it is over. */
  begin(document: string, signal: AbortSignal): () => void {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const run = { signal, over };
    this.runs.set(document, run);
    return () => {
      if (this.runs.get(document) === run) this.runs.delete(document);
      resolve();
    };
  }
}
