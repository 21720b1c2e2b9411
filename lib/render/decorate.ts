// What an answer gets when its blocks are whole and in sight: colours in code, formulas that were not typeset yet, a tab stop where
// something scrolls. None of it is waited for, and none changes what the writer wrote.
import { colourFigure, type FindRuns, mayBeColoured } from './colour.ts';
import { findFormula } from './formulas.ts';
import { createWhenSeen } from './when-seen.ts';

export type CreateMath = (page: Document, tex: string, display: boolean) => Element | undefined;

/** Parts that are fetched when they are first needed. */
export interface Parts {
  loadHighlighter(): Promise<FindRuns>;
  loadTypesetter(): Promise<CreateMath>;
}

export interface Decorator {
  typeset(tex: string, display: boolean): Node | undefined;
  finished(elements: readonly HTMLElement[]): void;
  dispose(): void;
}

/** What was typeset last; an open paragraph is drawn again with each frame. */
const MAX_KEPT = 200;
// Formulas beyond this wait until they are in sight.
const BUDGET_MS = 4;
const BUDGET_FOR_MS = 100;

/** Typesets within a budget of time; what was typeset before costs nothing. */
function createBudgeted(
  page: Document,
  create: CreateMath,
): (tex: string, display: boolean) => Node | undefined {
  const kept = new Map<string, Element | undefined>();
  let since = 0;
  let spent = 0;
  return (tex, display) => {
    const key = `${display} ${tex}`;
    if (kept.has(key)) return kept.get(key)?.cloneNode(true);
    const begin = performance.now();
    if (begin - since > BUDGET_FOR_MS) {
      since = begin;
      spent = 0;
    }
    if (spent > BUDGET_MS) return undefined;
    const math = create(page, tex, display);
    spent += performance.now() - begin;
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(key, math);
    return math?.cloneNode(true);
  };
}

function findAll(block: HTMLElement, css: string): HTMLElement[] {
  const inside = [...block.querySelectorAll<HTMLElement>(css)];
  return block.matches(css) ? [block, ...inside] : inside;
}

/** A part that is fetched on the first call of the returned function; undefined until it is there. */
function createLazy<T>(load: () => Promise<T>, then: () => void): () => T | undefined {
  let part: T | undefined;
  let isAsked = false;
  return () => {
    if (!isAsked) {
      isAsked = true;
      load().then(
        (loaded) => {
          part = loaded;
          then();
        },
        // Without it everything stays as it was written.
        () => {},
      );
    }
    return part;
  };
}

function typesetLate(formula: HTMLElement, create: CreateMath): void {
  const written = findFormula(formula.textContent);
  const math = written && create(formula.ownerDocument, written.tex, written.display);
  if (math) formula.replaceChildren(math);
}

function isSelected(element: Element): boolean {
  const selection = element.ownerDocument.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(element, true);
}

const SCROLLERS = 'pre, .table-scroll, .formula.display';
const BLOCKS_THAT_SCROLL =
  ':scope > .group > .block:is(figure, .table-scroll, .formula, :has(pre, .table-scroll))';
const FIGURES = 'figure.code:not(.coloured)';
const FORMULAS = '.formula:not(:has(math), .tried)';

/** A scroller that scrolls can be reached by keyboard, and its lines can be wrapped; one that does not is no stop on the way. */
function offerWhereItScrolls(scroller: HTMLElement): void {
  const scrolls = scroller.scrollWidth > scroller.clientWidth;
  const wrap = scroller.parentElement?.querySelector<HTMLButtonElement>(':scope > figcaption > .wrap');
  if (wrap && wrap.getAttribute('aria-pressed') === 'false') wrap.hidden = !scrolls;
  if (scroller === scroller.ownerDocument.activeElement) return;
  if (scrolls) scroller.tabIndex = 0;
  else scroller.removeAttribute('tabindex');
}

/** Calls `then` when the width of `root` is another one than at first, or than before. */
function onOtherWidth(root: HTMLElement, then: () => void): () => void {
  if (typeof ResizeObserver === 'undefined') return () => {};
  let width: number | undefined;
  const observer = new ResizeObserver(([entry]) => {
    const now = entry?.contentRect.width;
    if (width !== undefined && now !== width) then();
    width = now;
  });
  observer.observe(root);
  return () => observer.disconnect();
}

class BlockDecorator implements Decorator {
  private readonly late = new Set<HTMLElement>();
  private readonly seen;
  private readonly highlighter;
  private readonly typesetter;
  private readonly page: Document;
  private readonly stopWatching: () => void;
  private budgeted: ((tex: string, display: boolean) => Node | undefined) | undefined;

  constructor(root: HTMLElement, parts: Parts) {
    this.page = root.ownerDocument;
    const again = () => {
      const waiting = [...this.late];
      this.late.clear();
      this.seen.add(waiting);
    };
    this.highlighter = createLazy(parts.loadHighlighter, again);
    this.typesetter = createLazy(parts.loadTypesetter, again);
    this.seen = createWhenSeen(root, (block) => this.decorate(block));
    this.stopWatching = onOtherWidth(root, () => {
      this.seen.add([...root.querySelectorAll<HTMLElement>(BLOCKS_THAT_SCROLL)]);
    });
  }

  typeset(tex: string, display: boolean): Node | undefined {
    const create = this.typesetter();
    if (create === undefined) return undefined;
    this.budgeted ??= createBudgeted(this.page, create);
    return this.budgeted(tex, display);
  }

  finished(elements: readonly HTMLElement[]): void {
    this.seen.add(elements);
  }

  dispose(): void {
    this.stopWatching();
    this.seen.dispose();
    this.late.clear();
  }

  /** Whether nothing is left to do. What waits for a part comes again when the part is there. */
  private decorate(block: HTMLElement): boolean {
    const isColoured = findAll(block, FIGURES).map((figure) => this.colour(block, figure));
    for (const formula of findAll(block, FORMULAS)) this.writeFormula(block, formula);
    for (const scroller of findAll(block, SCROLLERS)) offerWhereItScrolls(scroller);
    return !isColoured.includes(false);
  }

  /** False where it is to be tried again another time. */
  private colour(block: HTMLElement, figure: HTMLElement): boolean {
    if (!mayBeColoured(figure)) return true;
    const findRuns = this.highlighter();
    if (findRuns === undefined) {
      this.late.add(block);
      return true;
    }
    // What somebody has selected would be selected no more.
    if (isSelected(figure)) return false;
    figure.classList.add('coloured');
    colourFigure(figure, findRuns);
    return true;
  }

  private writeFormula(block: HTMLElement, formula: HTMLElement): void {
    const create = this.typesetter();
    if (create === undefined) {
      this.late.add(block);
      return;
    }
    formula.classList.add('tried');
    typesetLate(formula, create);
  }
}

export function createDecorator(root: HTMLElement, parts: Parts): Decorator {
  return new BlockDecorator(root, parts);
}
