// Opens the chat in a page of ours: in the place of the still that shows what it looked like last, where there is one.
import '../style/tokens.css';
import '../style/base.css';
import './chat.css';
import './page.css';
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { ChatDeps } from '../../lib/chat/deps.ts';
import { type ChatModel, createChatModel } from '../../lib/chat/model.ts';
import { keepStill } from '../../lib/still/keep.ts';
import { behind, isStillShown, takeFromStill } from '../../lib/still/view.ts';
import { ChatApp } from './ChatApp.tsx';
import { drawing, loadDrawing } from './drawing.ts';

/** A worker that is longer in coming is not waited for: there may be something to be said about it, ms. */
const STILL_MS = 600;

export function openChat(deps: ChatDeps): void {
  const root = document.getElementById('app');
  // A page that frames ours could lead clicks onto it.
  if (!root || window.top !== window.self) return;
  const model = createChatModel(deps);
  void model.start();
  const show = () => {
    const { typed, finish } = takeFromStill(root);
    model.draft.value = behind(model.draft.peek(), typed);
    render(<ChatApp model={model} />, root);
    finish();
    keepStill(root, { shown: shownBy(model), listen: deps.listen });
  };
  if (isStillShown()) void whenWhole(model).then(show);
  else show();
}

/** Resolves when all is there that a still shows, or it takes too long. */
async function whenWhole(model: ChatModel): Promise<void> {
  void loadDrawing();
  const isLate = signal(false);
  const timer = setTimeout(() => {
    isLate.value = true;
  }, STILL_MS);
  const isWhole = computed(() => {
    const { loaded, setup, models } = model;
    const isKnown = loaded.value && setup.value !== null && models.asked.value !== null;
    return isLate.value || (isKnown && drawing.value !== null);
  });
  let stop = () => {};
  await new Promise<void>((resolve) => {
    stop = effect(() => {
      if (isWhole.value) resolve();
    });
  });
  stop();
  clearTimeout(timer);
}

/** Names what is on screen, where it may be kept and nothing of it is on its way. */
function shownBy(model: ChatModel) {
  return computed(() => {
    const { turns, switching, unsaved, busy, title, actions, setup } = model;
    const isPassing = busy.value || switching.isTemporary.value || actions.removal.pending.value !== null;
    const isWhole = model.loaded.value && setup.value !== null && drawing.value !== null;
    if (!isWhole || isPassing || unsaved.value !== null) return null;
    const { length } = turns.value;
    return [switching.shown.value, turns.value.at(-1)?.id, length, title.value].join(' ');
  });
}
