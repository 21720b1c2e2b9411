import type { RefObject } from 'preact';
import type { ChatModel } from '../../lib/chat/model.ts';
import { IconButton } from '../Button.tsx';

interface HeaderProps {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
  showShortcuts: () => void;
}

export function Header({ model, box, showShortcuts }: HeaderProps) {
  const { openOptions, openSidePanel, openTab } = model.deps;
  const newChat = () => {
    void model.newChat();
    box.current?.focus();
  };
  return (
    <header class="bar">
      <h1 class="bar-title" dir="auto" title={model.title.value}>
        {model.title.value || 'Runnel'}
      </h1>
      <IconButton icon="plus" label="New chat" onClick={newChat} />
      {openSidePanel && <IconButton icon="panel" label="Open side panel" onClick={openSidePanel} />}
      {openTab && <IconButton icon="tab" label="Open in a tab" onClick={openTab} />}
      <span class="by-keyboard">
        <IconButton icon="keyboard" label="Keyboard shortcuts" onClick={showShortcuts} />
      </span>
      <IconButton icon="gear" label="Settings" onClick={openOptions} />
    </header>
  );
}
