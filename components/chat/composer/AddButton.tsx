import { useEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { Icon } from '../../Icon.tsx';
import { later } from '../../later.tsx';

const AddMenu = later(async () => (await import('./panels.ts')).AddMenu);

/** The button that opens the menu of what can go along with a message. Files may be dropped anywhere on the chat, too. */
export function AddButton({ model }: { model: ChatModel }) {
  const { open, attached } = model.composing;
  const files = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => listenForDrops((dropped) => void attached.addFiles(dropped)), [attached]);
  const isOpen = open.value === 'menu';
  const close = () => {
    if (open.value === 'menu') open.value = null;
    button.current?.focus();
  };
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
        onClick={() => (open.value = isOpen ? null : 'menu')}
      >
        <Icon name="clip" />
      </button>
      {isOpen && <AddMenu model={model} close={close} pickFiles={() => files.current?.click()} />}
      <input
        type="file"
        hidden
        multiple
        aria-label="Image or text file"
        accept="image/*,text/*,.md,.markdown,.csv,.tsv,.json,.yaml,.yml,.toml,.xml,.log,.ts,.tsx,.js,.py,.rs,.go,.java,.c,.h,.cpp,.rb,.sh,.sql"
        ref={files}
        onChange={({ currentTarget }) => {
          void attached.addFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** Without this, a file that is dropped beside the box would be opened in place of the chat. */
function listenForDrops(take: (files: File[]) => void): () => void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const show = (isOver: boolean) => document.documentElement.toggleAttribute('data-dropping', isOver);
  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    show(true);
  };
  const drop = (event: DragEvent) => {
    show(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    take([...(event.dataTransfer?.files ?? [])]);
  };
  const leave = (event: DragEvent) => event.relatedTarget === null && show(false);
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  addEventListener('dragleave', leave);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
    removeEventListener('dragleave', leave);
  };
}
