// Everything of ours in one page: the translations that stand in it, the one control, the keys, and the way back.
import { anchorAround, findAnchor } from './anchor.ts';
import { type Blocks, createBlocks } from './blocks.ts';
import { collectSpans, MAX_SEGMENT_CHARS, MAX_SEGMENTS } from './collect.ts';
import type { Control } from './control.ts';
import { type Field, findField } from './field.ts';
import { type Keyboard, listenToKeys } from './keyboard.ts';
import {
  clearAbandoned,
  heedSuccessors,
  type Leftover,
  lookAgain,
  tellOfGesture,
  tellOfRestore,
} from './leftover.ts';
import type { PageOptions, PageTranslator, TranslateOutcome } from './page-types.ts';
import type { Run } from './run-types.ts';
import { rangesOf, readSelection } from './selection.ts';
import type { Span } from './span.ts';
import { splitText } from './text-segments.ts';
import { Translation } from './translation.ts';
import type { TranslationParts } from './translation-types.ts';

/** As many characters as one gesture may send; the worker holds the same line. */
const MAX_SELECTION_CHARS = 100_000;

/** Stands in for the page's blocks where nothing is written into them. */
const NO_BLOCKS: Blocks = { of: () => ({ claim() {} }) };

export function createPageTranslator(options: PageOptions): PageTranslator {
  const page = new Page(options);
  page.listen();
  return page;
}

class Page implements PageTranslator, Leftover {
  private readonly options: PageOptions;
  private readonly blocks = createBlocks();
  private current: Translation | undefined;
  /** Those that show something in the page, and the current one. */
  private all: Translation[] = [];
  private keyboard: Keyboard | undefined;

  constructor(options: PageOptions) {
    this.options = options;
  }

  get run(): Run | undefined {
    return this.current?.run;
  }

  get control(): Control | undefined {
    return this.current?.control;
  }

  listen(): void {
    const { window, isTrusted = (event: Event) => event.isTrusted } = this.options;
    this.keyboard = listenToKeys({
      window,
      isTrusted,
      control: () => this.control,
      beside: () => this.current?.beside,
      onEscape: () => this.current?.escape() ?? false,
    });
    window.addEventListener('pagehide', (event) => {
      if (isTrusted(event)) this.run?.leave();
    });
    // The extension may have been updated while the page was in the back/forward cache.
    window.addEventListener('pageshow', () => {
      if (this.isDead()) this.retire();
    });
    const follow = () => this.current?.placeControl();
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow, { passive: true });
    clearAbandoned(window.document);
    heedSuccessors(window.document, this);
  }

  translate(): TranslateOutcome {
    const { document } = this.options.window;
    const field = findField(document);
    if (!field && readSelection(document).length === 0)
      return this.current?.retry() ? 'started' : 'no-selection';
    // A script that yields puts originals back, and widens the selection to hold them.
    tellOfGesture(document);
    const found = field ? this.readField(field) : this.readPage(readSelection(document));
    if (typeof found === 'string') return found;
    this.run?.stop();
    this.current?.close();
    // The highlight would hide which words are new.
    if (!field && found.shown === 'in-place') document.getSelection()?.collapseToStart();
    const current = new Translation(found, {
      options: this.options,
      restore: () => this.restore(),
      isDead: () => this.isDead(),
      onDead: () => this.retire(),
      onWorkerGone: () =>
        lookAgain(this.options.window, () => {
          if (this.isDead()) this.retire();
        }),
    });
    this.current = current;
    this.all = [...this.all.filter(({ run }) => run.isShown), current];
    this.keyboard?.arm();
    current.start();
    return 'started';
  }

  restore(): void {
    const { all } = this;
    this.all = [];
    this.current = undefined;
    for (const translation of all) {
      translation.end();
      translation.run.restore();
    }
    // Those that are told tell again, so an end is needed.
    if (all.length > 0 || !this.isDead()) tellOfRestore(this.options.window.document);
  }

  isDead(): boolean {
    return this.options.isAlive?.() === false;
  }

  yieldSelection(): void {
    this.retire();
    const selection = this.options.window.document.getSelection();
    if (selection) for (const { run } of this.all) run.release(rangesOf(selection));
  }

  /** Without the extension nothing can be asked for again: what is whole stays, the rest and the control go. */
  private retire(): void {
    for (const { run } of this.all) run.retire();
    this.current?.close();
  }

  private readField(field: Field): TranslationParts | TranslateOutcome {
    const { segments, join } = splitText(field.text, field.element);
    if (segments.length === 0) return 'no-selection';
    const isTooLong =
      field.text.length > this.maxChars ||
      segments.length > MAX_SEGMENTS ||
      segments.some(({ text }) => text.length > MAX_SEGMENT_CHARS);
    if (isTooLong) return 'too-long';
    const anchor = anchorAround(() => field.box());
    return { segments, anchor, field, join, shown: 'field', blocks: NO_BLOCKS, wasTruncated: false };
  }

  private readPage(spans: Span[]): TranslationParts | TranslateOutcome {
    for (const { run } of this.all) run.release(rangesBy(run, spans));
    const { segments, truncated } = collectSpans(spans, { maxChars: this.maxChars });
    const anchor = findAnchor(segments);
    if (!anchor) return truncated ? 'too-long' : 'no-selection';
    const { show: shown = 'in-place' } = this.options;
    const wasTruncated = truncated;
    if (shown === 'in-place') return { segments, anchor, shown, wasTruncated, blocks: this.blocks };
    const unplaced = segments.map((segment) => ({ ...segment, pieces: [], marks: [] }));
    return { segments: unplaced, anchor, shown, wasTruncated, blocks: NO_BLOCKS };
  }

  private get maxChars(): number {
    return this.options.maxChars ?? MAX_SELECTION_CHARS;
  }
}

/** The parts of `spans` in the trees that a run has written to. */
function rangesBy(run: Run, spans: Span[]): Range[] {
  const places = run.items.flatMap(({ segment }) => segment.pieces.flat());
  const roots = new Set(places.map(({ node }) => node.getRootNode()));
  return spans.flatMap((span) => [...roots].flatMap((root) => span.rangeIn(root) ?? []));
}
