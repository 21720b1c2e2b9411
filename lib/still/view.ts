// A still on screen, until the view itself takes its place. What is typed there is kept, and what is asked for done when the view is there.
import { localDrafts } from '../platform/drafts.ts';
import { setPageLanguage } from '../platform/page-language.ts';
import { readStill, type Still } from './stills.ts';
import { fromStill } from './tree.ts';

interface OnScreen {
  /** Enter was pressed: which way. */
  enter?: KeyboardEventInit;
  /** The name of the button that was pressed last; a hand does not reach them, but what works a page for somebody may. */
  pressed?: string | null;
}

const place = globalThis as { runnelStill?: OnScreen };

/** Shows the still of this page, where there is one, as soon as there is a place for it. `then` is called when it is painted, or at once. */
export function showStill(then: () => void): void {
  const still = readStill();
  if (!still) {
    then();
    return;
  }
  const begin = () => {
    show(still);
    // Reading modules in between would hold the frame up.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then)));
  };
  if (document.readyState !== 'loading') begin();
  // Not `DOMContentLoaded`, which waits for all scripts.
  else document.addEventListener('readystatechange', begin, { once: true });
}

function show({ of, nodes }: Still): void {
  const root = document.getElementById('app');
  if (!root) return;
  setPageLanguage();
  root.append(fromStill(nodes));
  const box = root.querySelector('textarea');
  for (const part of root.querySelectorAll<HTMLElement>('.bar, .transcript-frame, .composer-line'))
    part.inert = true;
  const onScreen: OnScreen = {};
  place.runnelStill = onScreen;
  box?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || place.runnelStill !== onScreen) return;
    const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
    onScreen.enter = { key, code, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true };
    event.preventDefault();
  });
  root.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (place.runnelStill === onScreen) onScreen.pressed = button?.getAttribute('aria-label') ?? null;
  });
  // Closed before the view was there: what was typed is a draft.
  addEventListener('pagehide', () => {
    if (box && place.runnelStill === onScreen) addToDraft(of.split(' ', 1)[0] ?? '', box.value);
  });
  box?.focus();
  const scroller = root.querySelector('.transcript');
  if (scroller) scroller.scrollTop = scroller.scrollHeight;
}

function addToDraft(conversationId: string, typed: string): void {
  if (typed === '') return;
  const kept = JSON.parse(localDrafts.read(conversationId) ?? '{}') as { text?: string };
  localDrafts.write(conversationId, JSON.stringify({ ...kept, text: behind(kept.text ?? '', typed) }));
}

/** What is typed into a still, where the draft is not to be seen, comes behind it. */
export const behind = (draft: string, typed: string): string =>
  [draft, typed].filter((text) => text !== '').join('\n');

/** Whether there is a still on screen that the view is about to take the place of. */
export const isStillShown = (): boolean => place.runnelStill !== undefined;

/** What was typed into the still. From now on it is no longer one: `finish` hands an Enter or a press on to the view, once that is there. */
export function takeFromStill(root: Element): { typed: string; finish(): void } {
  const { runnelStill } = place;
  delete place.runnelStill;
  const box = root.querySelector('textarea');
  const { enter, pressed } = runnelStill ?? {};
  const finish = () => {
    if (enter) root.querySelector('textarea')?.dispatchEvent(new KeyboardEvent('keydown', enter));
    if (!pressed) return;
    const buttons = [...root.querySelectorAll('button')];
    buttons.find((button) => button.getAttribute('aria-label') === pressed)?.click();
  };
  return { typed: box?.value ?? '', finish };
}
