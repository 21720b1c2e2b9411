import { useEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { Icon } from '../../Icon.tsx';
import { later } from '../../later.tsx';

const AddMenu = later(async () => (await import('./panels.ts')).AddMenu);

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
        aria-label="Add to the message"
        title="Add to the message"
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
    const files = event.dataTransfer?.files ?? [];
    const isDrop = event.type === 'drop';
    const isOver = event.type === 'dragover' && event.dataTransfer?.types.includes('Files') === true;
    document.documentElement.toggleAttribute('data-dropping', isOver);
    if (!isOver && !(isDrop && files.length > 0)) return;
    event.preventDefault();
    if (isDrop) take([...files]);
  };
  const stop = new AbortController();
  for (const type of ['dragover', 'dragleave', 'drop'] as const)
    addEventListener(type, hear, { signal: stop.signal });
  return () => stop.abort();
}
