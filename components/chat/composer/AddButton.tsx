import { useEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { say } from '../../../lib/words/say.ts';
import { Icon } from '../../Icon.tsx';
import { later } from '../../later.tsx';
import { loadPanels } from './LaterParts.tsx';

const AddMenu = later(async () => (await loadPanels()).AddMenu);

/** The button that opens the menu of what can go along with a message. Files may be dropped anywhere on the chat, too. */
export function AddButton({ model }: { model: ChatModel }) {
  const { composing } = model;
  const { open } = composing;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => listenForDrops((dropped) => void composing.addFiles(dropped)), [composing]);
  const isOpen = open.value === 'menu';
  return (
    <div class="add">
      <button
        type="button"
        class="icon-button small"
        ref={button}
        aria-label={say('addToMessage')}
        title={say('addToMessage')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          open.value = isOpen ? null : 'menu';
        }}
      >
        <Icon name="clip" />
      </button>
      {isOpen && <AddMenu model={model} button={button} />}
    </div>
  );
}

/** Without this, a file that is dropped beside the box would be opened in place of the chat. */
function listenForDrops(take: (files: File[]) => void): () => void {
  const hear = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (event.type === 'drop') take([...event.dataTransfer.files]);
  };
  addEventListener('dragover', hear);
  addEventListener('drop', hear);
  return () => {
    removeEventListener('dragover', hear);
    removeEventListener('drop', hear);
  };
}
