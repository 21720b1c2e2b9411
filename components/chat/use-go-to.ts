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
    atEnd.value = false;
    message.tabIndex = -1;
    message.scrollIntoView({ block: 'start' });
    message.focus({ preventScroll: true });
    message.dataset['found'] = '';
    setTimeout(() => delete message.dataset['found'], SHOWN_MS);
  }, [wanted, at, isDrawn, goTo, scroller, atEnd]);
}
