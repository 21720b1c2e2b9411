// Shows the original of a block while the pointer rests on its translation.
import { AID_STYLE } from './aid-style.ts';
import type { AidOptions } from './aids.ts';
import { findAround } from './flat.ts';
import type { Host } from './host.ts';
import type { Item } from './item.ts';
import { originalOf } from './pairs.ts';

const REST_MS = 600;
/** How far, in CSS pixels, a hand that rests may move. */
const STILL = 12;
const GAP = 18;
const MARGIN = 8;

export interface Hover {
  /** True where there was something to hide. */
  hide(): boolean;
  end(): void;
}

export function showOriginals({ view, covered, createHost, isTrusted }: AidOptions): Hover {
  const { document } = view;
  let tip: Host | undefined;
  let timer: number | undefined;
  let rest = { x: 0, y: 0 };
  const hide = () => {
    view.clearTimeout(timer);
    const was = tip;
    tip = undefined;
    was?.remove();
    return was !== undefined;
  };
  const show = (at: Element) => {
    const item = at.isConnected && findUnder(covered(), at, rest.y);
    if (!item) return;
    tip = createHost(at, AID_STYLE);
    const box = document.createElement('div');
    box.className = 'frame';
    const words = document.createElement('p');
    words.className = 'tip';
    words.dir = 'auto';
    words.textContent = originalOf(item);
    box.append(words);
    tip.root.append(box);
    tip.element.style.setProperty('pointer-events', 'none', 'important');
    // The switch of the control is the way for those who do not see.
    tip.element.setAttribute('aria-hidden', 'true');
    const { width, height } = tip.element.getBoundingClientRect();
    const above = rest.y - GAP - height;
    const top = above >= MARGIN ? above : rest.y + GAP;
    tip.moveTo(Math.max(MARGIN, Math.min(rest.x - width / 3, view.innerWidth - width - MARGIN)), top);
  };
  const move = (event: PointerEvent) => {
    // A page could have it shown wherever it likes.
    if (!isTrusted(event)) return;
    const { clientX: x, clientY: y, pointerType, buttons } = event;
    if (tip && Math.hypot(x - rest.x, y - rest.y) <= STILL) return;
    hide();
    rest = { x, y };
    const [at] = event.composedPath();
    if (pointerType === 'mouse' && buttons === 0 && at instanceof Element)
      timer = view.setTimeout(() => show(at), REST_MS);
  };
  const away = () => void hide();
  view.addEventListener('pointermove', move, { passive: true });
  for (const name of ['pointerdown', 'scroll', 'blur'])
    view.addEventListener(name, away, { capture: true, passive: true });
  return {
    hide,
    end() {
      hide();
      view.removeEventListener('pointermove', move);
      for (const name of ['pointerdown', 'scroll', 'blur'])
        view.removeEventListener(name, away, { capture: true });
    },
  };
}

/** The item in the innermost block around `at`; of several in one block, the one that is nearest to `y`. */
function findUnder(items: readonly Item[], at: Element, y: number): Item | undefined {
  const blocks = new Set<Element>(items.map(({ segment }) => segment.block));
  const block = findAround(at, (element) => blocks.has(element));
  const inBlock = items.filter(({ segment }) => segment.block === block);
  if (inBlock.length < 2) return inBlock[0];
  const far = new Map(inBlock.map((item) => [item, distanceTo(item, y)]));
  return inBlock.reduce((best, item) => ((far.get(item) ?? 0) < (far.get(best) ?? 0) ? item : best));
}

/** In CSS pixels, from a line of the item's text. */
function distanceTo({ segment }: Item, y: number): number {
  const boxes = segment.pieces.flat().flatMap(({ node }) => {
    const range = node.ownerDocument.createRange();
    range.selectNodeContents(node);
    return [...(range.getClientRects?.() ?? [])];
  });
  return Math.min(...boxes.map(({ top, bottom }) => Math.max(top - y, y - bottom, 0)));
}
