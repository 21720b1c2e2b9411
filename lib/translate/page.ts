// Everything of ours in one page: the translations that stand in it, the one control, the keys, and the way back.

import type { PageWishes, TranslateOutcome } from '../protocol/page.ts';
import { Aiding } from './aiding.ts';
import { createBlocks } from './blocks.ts';
import { collectSpans } from './collect.ts';
import type { Control } from './control.ts';
import { isShown } from './item.ts';
import { type Keyboard, listenToKeys } from './keyboard.ts';
import {
  clearAbandoned,
  heedSuccessors,
  type Leftover,
  lookAgain,
  tellOfGesture,
  tellOfRestore,
} from './leftover.ts';
import { mayBeField } from './may-be-field.ts';
import type { PageOptions, PageTranslator } from './page-types.ts';
import type { Run } from './run-types.ts';
import { rangesOf, readSelection } from './selection.ts';
import type { Span } from './span.ts';
import { Translation } from './translation.ts';
import type { TranslationParts } from './translation-types.ts';
import { findWay } from './ways.ts';

/** As many characters as one gesture may send; the worker holds the same line. */
const MAX_SELECTION_CHARS = 100_000;

export function createPageTranslator(options: PageOptions): PageTranslator {
  const page = new Page(options);
  page.listen();
  return page;
}

class Page implements PageTranslator, Leftover {
  readonly #options: PageOptions;
  readonly #blocks = createBlocks();
  #current: Translation | undefined;
  /** Those that show something in the page, and the current one. */
  #all: Translation[] = [];
  #keyboard: Keyboard | undefined;
  readonly #aiding: Aiding;

  constructor(options: PageOptions) {
    this.#options = options;
    this.#aiding = new Aiding(options, {
      covered: () => this.#all.flatMap(({ covered }) => covered),
      onRetry: (item) => this.#current?.again({ items: [item] }),
    });
  }

  get run(): Run | undefined {
    return this.#current?.run;
  }

  get control(): Control | undefined {
    return this.#current?.beside.control;
  }

  listen(): void {
    const { window, isTrusted = (event: Event) => event.isTrusted } = this.#options;
    this.#keyboard = listenToKeys({
      window,
      isTrusted,
      control: () => this.control,
      beside: () => this.#current?.beside.element,
      onEscape: () => this.#aiding.hide() || (this.#current?.escape() ?? false),
    });
    window.addEventListener('pagehide', (event) => {
      if (isTrusted(event)) this.run?.leave();
    });
    // The extension may have been updated while the page was in the back/forward cache.
    window.addEventListener('pageshow', () => {
      if (this.isDead()) this.#retire();
    });
    const follow = () => {
      this.#current?.place();
      this.#aiding.place();
    };
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow, { passive: true });
    clearAbandoned(window.document);
    heedSuccessors(window.document, this);
  }

  translate(): TranslateOutcome {
    const { window } = this.#options;
    const { document } = window;
    const wishes = this.#options.wishes();
    const fields = this.#options.fields();
    if (!fields && (wishes?.text || mayBeField(document))) return 'needs-field';
    if (wishes?.show === 'below' && !this.#options.below()) return 'needs-below';
    const words = fields?.read(window, wishes?.text, this.#maxChars);
    if (!words && readSelection(document).length === 0)
      return this.#current?.retry() ? 'started' : 'no-selection';
    // A script that yields puts originals back, and widens the selection to hold them.
    tellOfGesture(document);
    const found = words ?? this.#readPage(readSelection(document), wishes);
    if (typeof found === 'string') return found;
    this.run?.stop();
    this.#current?.close();
    // The highlight would hide which words are new.
    if (found.way.shown === 'in-place' || found.way.shown === 'below')
      document.getSelection()?.collapseToStart();
    this.#begin(found);
    return 'started';
  }

  #begin(parts: TranslationParts): void {
    const current = new Translation(parts, {
      options: this.#options,
      restore: () => this.restore(),
      copy: (items, withOriginals) => this.#aiding.copy(items, withOriginals),
      onShow: (halfDone) => current === this.#current && this.#aiding.show(halfDone),
      isDead: () => this.isDead(),
      onDead: () => this.#retire(),
      onWorkerGone: () =>
        lookAgain(this.#options.window, () => {
          if (this.isDead()) this.#retire();
        }),
    });
    this.#current = current;
    this.#all = [
      ...this.#all.filter(({ run, isSwitched }) => isSwitched || run.items.some(isShown)),
      current,
    ];
    this.#keyboard?.arm();
    current.start();
  }

  toggle(): void {
    const toOriginals = this.#all.some(({ canSwitch, isSwitched }) => canSwitch && !isSwitched);
    for (const translation of this.#all) translation.switch(toOriginals);
  }

  restore(): void {
    const all = this.#all;
    this.#all = [];
    this.#current = undefined;
    this.#aiding.end();
    for (const translation of all) {
      translation.end();
      translation.run.restore();
    }
    // Those that are told tell again, so an end is needed.
    if (all.length > 0 || !this.isDead()) tellOfRestore(this.#options.window.document);
  }

  isDead(): boolean {
    return this.#options.isAlive?.() === false;
  }

  yieldSelection(): void {
    this.#retire();
    const selection = this.#options.window.document.getSelection();
    if (selection) for (const { run } of this.#all) run.release(rangesOf(selection));
  }

  /** Without the extension nothing can be asked for again: what is whole stays, the rest and the control go. */
  #retire(): void {
    for (const { run } of this.#all) run.retire();
    this.#current?.close();
  }

  #readPage(spans: Span[], wishes: PageWishes | undefined): TranslationParts | TranslateOutcome {
    for (const { run } of this.#all) run.release(rangesBy(run, spans));
    const { leftAlone = '', show = 'in-place' } = wishes ?? {};
    const limits = { maxChars: this.#maxChars, leftAlone };
    const { segments, truncated: wasTruncated } = collectSpans(spans, limits);
    const find = (shown: typeof show) => findWay(shown, segments, this.#blocks, this.#options.below());
    const way = find(show);
    const beside = segments.at(-1)?.block;
    if (!way || !beside) return wasTruncated ? 'too-long' : 'no-selection';
    return { way, findWay: find, beside, wasTruncated };
  }

  get #maxChars(): number {
    return this.#options.maxChars ?? MAX_SELECTION_CHARS;
  }
}

/** The parts of `spans` in the trees that a run has written to. */
function rangesBy(run: Run, spans: Span[]): Range[] {
  const places = run.items.flatMap(({ segment }) => segment.pieces.flat());
  const roots = new Set(places.map(({ node }) => node.getRootNode()));
  return spans.flatMap((span) => [...roots].flatMap((root) => span.rangeIn(root) ?? []));
}
