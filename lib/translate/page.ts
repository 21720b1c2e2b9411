// Everything of ours in one page: the runs that have written into it, the one control, Escape, and the way back.
import { type Anchor, findAnchor } from './anchor.ts';
import { createBlocks } from './blocks.ts';
import { collectRanges } from './collect.ts';
import { type Action, type Control, createControl } from './control.ts';
import { copyText } from './copy.ts';
import {
  clearAbandoned,
  heedSuccessors,
  type Leftover,
  lookAgain,
  selectedRanges,
  tellOfGesture,
  tellOfRestore,
} from './leftover.ts';
import type { PageOptions, PageTranslator, TranslateOutcome } from './page-types.ts';
import { afterCopy, noteFor, viewOf } from './page-view.ts';
import { placeControl } from './place.ts';
import { createRun } from './run.ts';
import type { Run, RunStatus } from './run-types.ts';

/** As many characters as one gesture may send; the worker holds the same line. */
const MAX_SELECTION_CHARS = 100_000;

export function createPageTranslator(options: PageOptions): PageTranslator {
  const page = new Page(options);
  page.listen();
  return page;
}

class Page implements PageTranslator, Leftover {
  run: Run | undefined;
  control: Control | undefined;
  private readonly options: PageOptions;
  private readonly blocks = createBlocks();
  private runs: Run[] = [];
  private anchor: Anchor | undefined;
  private isRetry = false;
  private wasTruncated = false;

  constructor(options: PageOptions) {
    this.options = options;
  }

  listen(): void {
    const { window, isTrusted = (event: Event) => event.isTrusted } = this.options;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !isTrusted(event) || !this.run?.status.isRunning) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.run.stop();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener('pagehide', (event) => {
      if (isTrusted(event)) this.run?.leave();
    });
    // The extension may have been updated while the page was in the back/forward cache.
    window.addEventListener('pageshow', () => {
      if (this.isDead()) this.retire();
    });
    const follow = () => this.placeControl();
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow, { passive: true });
    clearAbandoned(window.document);
    heedSuccessors(window.document, this);
  }

  translate(): TranslateOutcome {
    const { document } = this.options.window;
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return this.retry() ? 'started' : 'no-selection';
    tellOfGesture(document);
    const ranges = selectedRanges(document).map((range) => range.cloneRange());
    for (const run of this.runs) run.release(ranges);
    const { maxChars = MAX_SELECTION_CHARS } = this.options;
    const { segments, truncated } = collectRanges(ranges, { maxChars });
    if (segments.length === 0) return truncated ? 'too-long' : 'no-selection';
    this.run?.stop();
    this.anchor = findAnchor(segments);
    this.isRetry = false;
    this.wasTruncated = truncated;
    // The highlight would hide which words are new.
    selection.collapseToStart();
    this.openControl();
    const { connect, window } = this.options;
    const run: Run = createRun({
      connect,
      view: window,
      blocks: this.blocks,
      segments,
      onStatus: (status) => {
        if (this.run === run) this.show(status);
      },
    });
    this.run = run;
    this.runs = [...this.runs.filter((other) => other.isShown), run];
    run.start();
    return 'started';
  }

  restore(): void {
    const { runs } = this;
    this.runs = [];
    this.run = undefined;
    this.closeControl();
    for (const run of runs) run.restore();
    // Those that are told tell again, so an end is needed.
    if (runs.length > 0 || !this.isDead()) tellOfRestore(this.options.window.document);
  }

  isDead(): boolean {
    return this.options.isAlive?.() === false;
  }

  yieldSelection(): void {
    this.retire();
    const ranges = selectedRanges(this.options.window.document);
    for (const run of this.runs) run.release(ranges);
  }

  /** Without the extension nothing can be asked for again: what is whole stays, the rest and the control go. */
  private retire(): void {
    for (const run of this.runs) run.retire();
    this.closeControl();
  }

  private retry(): boolean {
    const { run } = this;
    if (!run || run.status.isRunning || run.status.finished === run.status.total) return false;
    this.isRetry = true;
    if (!this.control) this.openControl();
    run.start();
    return true;
  }

  private openControl(): void {
    this.closeControl();
    const { window, isTrusted } = this.options;
    this.control = createControl({
      document: window.document,
      onAction: (action) => this.act(action),
      ...(isTrusted ? { isTrusted } : {}),
    });
  }

  private closeControl(): void {
    this.control?.remove();
    this.control = undefined;
  }

  private act(action: Action): void {
    if (action === 'stop') this.run?.stop();
    else if (action === 'retry') this.retry();
    else if (action === 'restore') this.restore();
    else if (action === 'close') this.closeControl();
    else if (this.run) {
      void copyText(this.options.window, this.run.text()).then((copied) => {
        if (this.run) this.control?.show(afterCopy(this.run.status, copied));
      });
    }
  }

  private show(status: RunStatus): void {
    if (!status.isRunning && this.isDead()) {
      this.retire();
      return;
    }
    if (status.trouble?.code === 'worker-gone') {
      lookAgain(this.options.window, () => {
        if (this.isDead()) this.retire();
      });
    }
    const { isRetry, wasTruncated } = this;
    const note = noteFor(status, { isRetry, wasTruncated, describe: this.options.describe });
    this.control?.show(viewOf(status, note));
    if (!status.isRunning) this.anchor?.measure();
    this.placeControl();
  }

  private placeControl(): void {
    const { window } = this.options;
    const ends = this.anchor?.ends();
    if (!ends) return;
    this.control?.place((size) =>
      placeControl(ends, size, { width: window.innerWidth, height: window.innerHeight }),
    );
  }
}
