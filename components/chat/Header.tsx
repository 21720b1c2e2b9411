import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import type { ChatModel } from '../../lib/chat/model.ts';
import { say } from '../../lib/words/say.ts';
import { IconButton } from '../Button.tsx';

interface HeaderProps {
  model: ChatModel;
  box: RefObject<HTMLTextAreaElement | null>;
  showShortcuts: () => void;
  /** The list of conversations is open. */
  isListOpen: Signal<boolean>;
}

export function Header({ model, box, showShortcuts, isListOpen }: HeaderProps) {
  const { openOptions, openSidePanel, openTab } = model.deps;
  const newChat = () => {
    void model.newChat();
    box.current?.focus();
  };
  const toggle = () => {
    isListOpen.value = !isListOpen.value;
  };
  const isTemporary = model.switching.isTemporary.value;
  const title = model.title.value || (isTemporary ? say('temporaryChat') : 'Runnel');
  return (
    <header class="bar">
      <IconButton icon="list" label={say('conversationList')} expanded={isListOpen.value} onClick={toggle} />
      <h1 class="bar-title">
        <button type="button" dir="auto" title={title} onClick={toggle}>
          {title}
        </button>
      </h1>
      <IconButton icon="plus" label={say('action_newChat')} onClick={newChat} />
      {openSidePanel && <IconButton icon="panel" label={say('openPanel')} onClick={openSidePanel} />}
      {openTab && <IconButton icon="tab" label={say('openTab')} onClick={openTab} />}
      <span class="by-keyboard">
        <IconButton icon="keyboard" label={say('keyboardShortcuts')} onClick={showShortcuts} />
      </span>
      <IconButton icon="gear" label={say('settingsLabel')} onClick={openOptions} />
    </header>
  );
}
