// Brings a message that somebody looked for into sight, once it is drawn.
import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { ChatModel } from '../../lib/chat/model.ts';

/** How long the message is told apart from the others, ms. */
const SHOWN_MS = 2000;

/** `hidden`: how many turns, from the first on, are not drawn yet. */
export function useGoTo(
  model: ChatModel,
  scroller: RefObject<HTMLElement | null>,
  atEnd: Signal<boolean>,
  hidden: number,
): void {
  const { goTo } = model.switching;
  const wanted = goTo.value;
  const at = model.turns.value.findIndex(({ id }) => id === wanted);
  const isDrawn = at >= hidden;
  useLayoutEffect(() => {
    // A message of another branch is not on screen: then the end of the conversation is.
    if (wanted === null || (at >= 0 && !isDrawn)) return;
    goTo.value = null;
    const message = scroller.current?.querySelector<HTMLElement>(`[data-turn="${CSS.escape(wanted)}"]`);
    if (!message) return;
    message.tabIndex = -1;
    keepInSight(message, atEnd);
    message.focus({ preventScroll: true });
    message.dataset['found'] = '';
    setTimeout(() => delete message.dataset['found'], SHOWN_MS);
  }, [wanted, at, isDrawn, goTo, scroller, atEnd]);
}

/** What reading hands do; the message is let go then. */
const HANDS = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;

/**
 * Texts are drawn after their messages are there, and each of them would move the message, or have the end taken up again, which a
 * transcript that is short still has in sight. So it is shown anew each time that something grows, until it is told apart no more.
 */
function keepInSight(message: HTMLElement, atEnd: Signal<boolean>): void {
  const show = () => {
    atEnd.value = false;
    message.scrollIntoView({ block: 'start' });
  };
  show();
  const observer = new ResizeObserver(show);
  for (const part of message.parentElement?.children ?? []) observer.observe(part);
  const letGo = () => {
    observer.disconnect();
    for (const name of HANDS) removeEventListener(name, letGo, true);
  };
  for (const name of HANDS) addEventListener(name, letGo, true);
  setTimeout(letGo, SHOWN_MS);
}
