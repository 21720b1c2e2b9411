// When a still of a view is taken, and when it is of no use any more.
import { effect, type ReadonlySignal } from '@preact/signals';
import type { Notice } from '../protocol/contract.ts';
import { forgetStills, readStill, writeStill } from './stills.ts';
import { toStill } from './tree.ts';

interface View {
  /** What is on screen, in a word; null while it is not whole, or is nothing to keep. */
  shown: ReadonlySignal<string | null>;
  listen(listener: (notice: Notice) => void): () => void;
}

/** At the latest so long after something has changed, ms: what comes later than the text is there by then. */
const SOON_MS = 1000;

/** Parts that are there for a moment, and parts that the next view has only a moment later: they would come and go. */
const PASSING = `.visually-hidden, .conversations, .composer > :not(.composer-box, .panel-tab-slot), .panel-tab-slot > *, .composer-box > :not(.grow, .composer-line),
  .message-foot > :not(.figures), .chat-trouble, .note, .trouble, .tool-calls, .stood-in, .details, .jump, dialog, [role=dialog]`;
/** Typeset by a part that comes late: the next view begins with what was written, which is no longer there to be kept. */
const LATE = 'math';

/** Keeps a still of what is in `root`, from now on. */
export function keepStill(root: Element, { shown, listen }: View): void {
  let known = readStill()?.of ?? null;
  let isDue = false;
  const take = () => {
    const of = shown.peek();
    if (!isDue || of === null) return;
    isDue = false;
    const skips = isLeftOut(root);
    if (root.querySelector(LATE)) forgetStills();
    else writeStill({ of, nodes: toStill(root, skips) });
  };
  effect(() => {
    const of = shown.value;
    // While a view opens nothing is known, and nothing forgotten.
    if (of === null && known === null) return;
    if (of !== known) forgetStills((still) => still.of === of);
    known = of;
    isDue = of !== null;
    if (isDue) whenIdle(take);
  });
  // Deleted in any list: what it said is not shown once more.
  listen((notice) => notice.type === 'conversation-removed' && forgetStills());
  addEventListener('pagehide', take);
}

/** Of a conversation only the end is seen when a view opens: what is above is left out. */
function isLeftOut(root: Element): (element: Element) => boolean {
  const scroller = root.querySelector('.transcript');
  const content = scroller?.firstElementChild;
  const top = content ? content.getBoundingClientRect().bottom - (scroller?.clientHeight ?? 0) : 0;
  return (element) => {
    if (element.matches(PASSING)) return true;
    const isBlock = element.localName === 'article' || element.parentElement?.matches('.prose');
    return Boolean(isBlock) && element.getBoundingClientRect().bottom < top;
  };
}

/** Firefox and Chromium have it; the time is the one by which it is called at the latest. */
function whenIdle(call: () => void): void {
  requestIdleCallback(call, { timeout: SOON_MS });
}
