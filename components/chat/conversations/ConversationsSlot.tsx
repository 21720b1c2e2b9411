// The place of the list of conversations: its code comes when somebody opens it.
import { type Signal, useSignal } from '@preact/signals';
import type { FunctionComponent, RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';

export interface ConversationsProps {
  model: ChatModel;
  /** Closes the list; the focus goes to the message box, or back to the button. */
  close(to: 'box' | 'button'): void;
}

interface SlotProps {
  model: ChatModel;
  isOpen: Signal<boolean>;
  box: RefObject<HTMLTextAreaElement | null>;
}

export function ConversationsSlot({ model, isOpen, box }: SlotProps) {
  const List = useSignal<FunctionComponent<ConversationsProps> | null>(null);
  const opened = isOpen.value;
  useEffect(() => {
    if (!opened || List.value) return;
    void import('./Conversations.tsx').then(({ Conversations }) => {
      List.value = Conversations;
    });
  }, [opened, List]);
  const close = (to: 'box' | 'button') => {
    isOpen.value = false;
    const button = document.querySelector<HTMLElement>('.bar [aria-expanded]');
    (to === 'box' ? box.current : button)?.focus();
  };
  const Component = List.value;
  return opened && Component ? <Component model={model} close={close} /> : null;
}
