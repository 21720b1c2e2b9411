// Opens the chat in a page of ours: in the place of the still that shows what it looked like last, where there is one.
import { computed, effect } from '@preact/signals';
import { render } from 'preact';
import { ChatApp } from '../../components/chat/ChatApp.tsx';
import { drawing, loadDrawing } from '../../components/chat/drawing.ts';
import type { ChatDeps } from '../../lib/chat/deps.ts';
import { type ChatModel, createChatModel } from '../../lib/chat/model.ts';
import { setPageLanguage } from '../../lib/platform/page-language.ts';
import { viewDeps } from '../../lib/platform/view-deps.ts';
import { keepStill } from '../../lib/still/keep.ts';
import { isStillShown, takeFromStill } from '../../lib/still/view.ts';

/** A worker that is longer in coming is not waited for: there may be something to be said about it, ms. */
const STILL_MS = 600;

/** What differs from surface to surface. */
type SurfaceDeps = Omit<ChatDeps, keyof typeof viewDeps>;

export function openChat(surfaceDeps: SurfaceDeps): void {
  const root = document.getElementById('app');
  // A page that frames ours could lead clicks onto it.
  if (!root || window.top !== window.self) return;
  setPageLanguage();
  const model = createChatModel({ ...viewDeps, ...surfaceDeps });
  void model.start();
  const show = () => {
    const { typed, finish } = takeFromStill(root);
    if (typed !== '') model.draft.value = typed;
    render(<ChatApp model={model} />, root);
    finish();
    keepStill(root, { shown: shownBy(model), listen: viewDeps.listen });
  };
  if (isStillShown()) whenWhole(model, show);
  else show();
}

/** Calls `show` when all is there that a still shows, or it took too long. */
function whenWhole(model: ChatModel, show: () => void): void {
  void loadDrawing();
  const isWhole = computed(() => {
    const { loaded, setup, models } = model;
    return loaded.value && drawing.value !== null && setup.value !== null && models.asked.value !== null;
  });
  const late = setTimeout(() => end(), STILL_MS);
  let stop: (() => void) | undefined;
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(late);
    // Not inside the effect: it would depend on all that is drawn.
    queueMicrotask(() => stop?.());
    show();
  };
  stop = effect(() => {
    if (isWhole.value) queueMicrotask(end);
  });
}

/** Names what is on screen, where it may be kept and nothing of it is on its way. */
function shownBy(model: ChatModel) {
  return computed(() => {
    const { turns, switching, unsaved, busy, title, actions, setup } = model;
    const isPassing = busy.value || switching.isTemporary.value || actions.removal.pending.value !== null;
    if (!model.loaded.value || setup.value === null || isPassing || unsaved.value !== null) return null;
    const { length } = turns.value;
    return [switching.shown.value, turns.value.at(-1)?.id, length, title.value].join(' ');
  });
}
