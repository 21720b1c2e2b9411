import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../lib/chat/model.ts';
import { Composer } from './Composer.tsx';
import { Header } from './Header.tsx';
import { Notes } from './Notes.tsx';
import type { Sticking } from './stick-to-bottom.ts';
import { Transcript } from './Transcript.tsx';
import { TroubleCard } from './TroubleCard.tsx';

/** The chat, the same in the popup and in the side panel. Expects a model that is started by its owner. */
export function ChatApp({ model }: { model: ChatModel }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const sticking = useRef<Sticking>(null);
  // The attribute `autofocus` does nothing in a popup of Firefox.
  useEffect(() => box.current?.focus(), []);
  useEffect(() => listenForReturn(model), [model]);
  // A button that asks again goes away with the answer that it stood under; the focus must not be lost with it.
  useSignalEffect(() => {
    if (!model.busy.value) return;
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) box.current?.focus();
    });
  });
  const trouble = model.trouble.value;
  // In a popup Escape closes; there it is not ours.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && model.deps.surface !== 'popup' && !event.isComposing) model.stop();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard wherever the focus is in the panel
    <div class="chat" data-surface={model.deps.surface} onKeyDown={onKeyDown}>
      <Header model={model} box={box} />
      <main class="chat-main">
        <Transcript model={model} sticking={sticking} />
        <p class="visually-hidden" role="status">
          {model.announcement.value}
        </p>
        {trouble && (
          <div class="chat-trouble">
            <TroubleCard
              trouble={trouble}
              host={model.host.value}
              openOptions={model.deps.openOptions}
              newChat={() => void model.newChat()}
              retry={() => void model.start()}
            />
          </div>
        )}
        <Notes model={model} />
        <Composer model={model} box={box} onSend={() => sticking.current?.toEnd()} />
      </main>
    </div>
  );
}

/** The panel stays open while the reader selects something in the page: what is selected is asked for again on the way back. */
function listenForReturn(model: ChatModel): () => void {
  const refresh = () => void model.refreshSelection();
  addEventListener('focus', refresh);
  return () => removeEventListener('focus', refresh);
}
