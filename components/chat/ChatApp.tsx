import { useSignal, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../lib/chat/model.ts';
import { later, preload } from '../later.tsx';
import { Composer } from './Composer.tsx';
import { ConversationsSlot } from './conversations/ConversationsSlot.tsx';
import { loadDrawing } from './drawing.ts';
import { focusLater } from './focus.ts';
import { Header } from './Header.tsx';
import { loadTroubleCard } from './load-trouble-card.ts';
import { Notes } from './Notes.tsx';
import type { Sticking } from './stick-to-bottom.ts';
import { Transcript } from './Transcript.tsx';
import { useKeys } from './use-keys.ts';

const TroubleCard = later(loadTroubleCard);
const ShortcutsDialog = later(() => import('./ShortcutsDialog.tsx').then((module) => module.ShortcutsDialog));

/** The chat, the same in the popup and in the side panel. Expects a model that is started by its owner. */
export function ChatApp({ model }: { model: ChatModel }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const sticking = useRef<Sticking>(null);
  // The attribute `autofocus` does nothing in a popup of Firefox.
  useEffect(() => box.current?.focus(), []);
  // When there is trouble it may be too late to load its words: an extension that was updated has no files any more.
  useEffect(() => void preload(loadTroubleCard).catch(console.warn), []);
  useEffect(() => void loadDrawing(), []);
  useEffect(() => listenForReturn(model), [model]);
  useEffect(() => deleteOnLeave(model), [model]);
  const showsShortcuts = useSignal(false);
  const showShortcuts = useCallback(() => {
    showsShortcuts.value = true;
  }, [showsShortcuts]);
  useKeys({ model, box, showShortcuts });
  // Buttons go away with the answer, or the wait, that they belong to; the focus must not be lost with them.
  useSignalEffect(() => {
    void model.busy.value;
    focusLater(() => box.current);
  });
  const isListOpen = useSignal(false);
  // In a popup Escape closes; there it is not ours.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && model.deps.surface !== 'popup' && !event.isComposing) model.stop();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard wherever the focus is in the panel
    <div class="chat" data-surface={model.deps.surface} onKeyDown={onKeyDown}>
      <Header model={model} box={box} showShortcuts={showShortcuts} isListOpen={isListOpen} />
      <div class="chat-body">
        <ConversationsSlot model={model} isOpen={isListOpen} box={box} />
        <main class="chat-main">
          <Transcript model={model} sticking={sticking} />
          <p class="visually-hidden" role="status">
            {model.announcement.value}
          </p>
          <ChatTrouble model={model} />
          <Notes model={model} />
          {showsShortcuts.value && (
            <ShortcutsDialog model={model} close={() => (showsShortcuts.value = false)} />
          )}
          <Composer model={model} box={box} onSend={() => sticking.current?.toEnd()} />
        </main>
      </div>
    </div>
  );
}

/** What was deleted is gone when the view is. */
function deleteOnLeave(model: ChatModel): () => void {
  const commit = () => model.actions.removal.commit();
  addEventListener('pagehide', commit);
  return () => removeEventListener('pagehide', commit);
}

/** Trouble that belongs to no turn. */
function ChatTrouble({ model }: { model: ChatModel }) {
  const trouble = model.trouble.value;
  if (!trouble) return null;
  return (
    <div class="chat-trouble">
      <TroubleCard
        trouble={trouble}
        host={model.models.host.value}
        openOptions={model.deps.openOptions}
        newChat={() => void model.newChat()}
        chooseModel={() => (model.models.wantsList.value = true)}
        retry={() => void model.start()}
      />
    </div>
  );
}

/** The panel stays open while the reader selects something in the page: what is selected is asked for again on the way back. */
function listenForReturn(model: ChatModel): () => void {
  const refresh = () => void model.refreshSelection();
  addEventListener('focus', refresh);
  return () => removeEventListener('focus', refresh);
}
