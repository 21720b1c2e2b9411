// Everything of ours in one page: the runs that have written into it, the one control, Escape, and the way back.
import type { Trouble } from '../engine/errors.ts';
import type { Connect } from '../protocol/channel.ts';
import { type Anchor, findAnchor } from './anchor.ts';
import { createBlocks } from './blocks.ts';
import { collectRanges } from './collect.ts';
import { type Action, type Control, createControl } from './control.ts';
import { copyText } from './copy.ts';
import { afterCopy, viewOf } from './page-view.ts';
import { placeControl } from './place.ts';
import { createRun } from './run.ts';
import type { Run, RunStatus } from './run-types.ts';

/** As many characters as one gesture may send; the worker holds the same line. */
const MAX_SELECTION_CHARS = 100_000;

export type TranslateOutcome = 'started' | 'no-selection' | 'too-long';

export interface PageTranslator {
  /** Translates the selection; without one, asks again for what the last run left unfinished. */
  translate(): TranslateOutcome;
  /** Puts every original back and takes the control away. */
  restore(): void;
  hasTranslation(): boolean;
  /** The current run, for tests and for the end of the document. */
  readonly run: Run | undefined;
  readonly control: Control | undefined;
}

export interface PageOptions {
  connect: Connect;
  window: Window;
  /** Words for what went wrong, in one line. */
  describe: (trouble: Trouble) => string;
  /** False once the extension was updated or removed under the page. */
  isAlive?: () => boolean;
  isTrusted?: (event: Event) => boolean;
  maxChars?: number;
}

export function createPageTranslator(options: PageOptions): PageTranslator {
  const page = new Page(options);
  page.listen();
  return page;
}

class Page implements PageTranslator {
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
    window.addEventListener('pagehide', () => this.run?.leave());
    const follow = () => this.placeControl();
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow, { passive: true });
  }

  translate(): TranslateOutcome {
    const selection = this.options.window.document.getSelection();
    if (!selection || selection.isCollapsed) return this.retry() ? 'started' : 'no-selection';
    const ranges = Array.from({ length: selection.rangeCount }, (_, index) =>
      selection.getRangeAt(index).cloneRange(),
    );
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
    for (const run of this.runs) run.restore();
    this.runs = [];
    this.run = undefined;
    this.closeControl();
  }

  hasTranslation(): boolean {
    return this.runs.some((run) => run.isShown);
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
    if (!status.isRunning && this.options.isAlive?.() === false) this.closeControl();
    this.control?.show(viewOf(status, this.noteFor(status)));
    if (!status.isRunning) this.anchor?.measure();
    this.placeControl();
  }

  private noteFor({ trouble, isRunning }: RunStatus): string {
    if (isRunning) return '';
    // The right to send was given by the gesture that started the run, and is used up.
    if (trouble?.code === 'permission' && this.isRetry) return 'Press the shortcut again to go on.';
    if (trouble) return this.options.describe(trouble);
    return this.wasTruncated ? 'The selection was too long. The first part was translated.' : '';
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
