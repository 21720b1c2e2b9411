// Keeps the end of a growing text in sight for as long as the reader stays there.
import type { Signal } from '@preact/signals';

/** Within this distance of the end, px, the reader is at the end. */
const NEAR = 8;

export interface Sticking {
  /** Goes to the end and stays there. */
  toEnd(): void;
  dispose(): void;
}

/**
 * `atEnd` says whether the end is held. It is let go by any scroll upwards, so that a small turn of the wheel is not fought, and taken up
 * again at the end. Sizes are read where layout is clean already: in the resize observer's callback and in scroll events.
 */
export function stickToBottom(scroller: HTMLElement, content: HTMLElement, atEnd: Signal<boolean>): Sticking {
  let lastTop = scroller.scrollTop;
  let lastHeight = scroller.scrollHeight;
  let lastView = scroller.clientHeight;
  const remember = () => {
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
    lastView = scroller.clientHeight;
  };
  const hold = () => {
    // What stands in an empty conversation is read from its beginning.
    if (!atEnd.peek() || !content.querySelector('article')) return;
    scroller.scrollTop = scroller.scrollHeight;
    remember();
  };
  const onScroll = () => {
    const top = scroller.scrollTop;
    const gap = scroller.scrollHeight - top - scroller.clientHeight;
    // A window that grows, or text that wraps into fewer lines, moves the content down without a reader's hand.
    const reflowed = scroller.scrollHeight < lastHeight || scroller.clientHeight !== lastView;
    if (top < lastTop && gap > 1 && !reflowed) atEnd.value = false;
    else if (gap < NEAR) atEnd.value = true;
    remember();
  };
  const observer = new ResizeObserver(hold);
  observer.observe(scroller);
  observer.observe(content);
  scroller.addEventListener('scroll', onScroll, { passive: true });
  return {
    toEnd() {
      atEnd.value = true;
      hold();
    },
    dispose() {
      observer.disconnect();
      scroller.removeEventListener('scroll', onScroll);
    },
  };
}
