// The place of the list of conversations: its code comes when somebody opens it.
import { type Signal, useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';

export interface ConversationsProps {
  model: ChatModel;
  /** Closes the list; the focus goes to the message box, or back to the button. */
  close(to: 'box' | 'button'): void;
}

interface SlotProps extends ConversationsProps {
  isOpen: Signal<boolean>;
}

export function ConversationsSlot({ isOpen, ...props }: SlotProps) {
  const List = useSignal<FunctionComponent<ConversationsProps> | null>(null);
  const opened = isOpen.value;
  useEffect(() => {
    if (!opened || List.value) return;
    void import('./Conversations.tsx').then(({ Conversations }) => {
      List.value = Conversations;
    });
  }, [opened, List]);
  const Component = List.value;
  return opened && Component ? <Component {...props} /> : null;
}
