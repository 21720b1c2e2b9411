import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ConversationList } from '../../../lib/chat/conversations.ts';
import type { ConversationEntry } from '../../../lib/protocol/history.ts';
import { say } from '../../../lib/words/say.ts';
import { IconButton } from '../../Button.tsx';
import { Menu } from '../Menu.tsx';
import { saveText } from '../save-text.ts';
import { icons } from './icons.ts';

interface ExportProps {
  list: ConversationList;
  entry: ConversationEntry;
  tabIndex: number;
}

/** A small menu: the conversation as a document to read, or as data to bring back. */
export function ExportButton({ list, entry, tabIndex }: ExportProps) {
  const isOpen = useSignal(false);
  const root = useRef<HTMLSpanElement>(null);
  const close = (returnsFocus: boolean) => {
    isOpen.value = false;
    if (returnsFocus) root.current?.querySelector('button')?.focus();
  };
  const save = async (kind: 'markdown' | 'json') => {
    const file = await list.exportAs(entry.id, kind);
    if (file) saveText(file.name, file.text);
  };
  const entries = [
    { label: say('exportMarkdown'), run: () => void save('markdown') },
    { label: say('exportJson'), run: () => void save('json') },
  ];
  return (
    <span class="entry-export" ref={root}>
      <IconButton
        small
        icon={icons.download}
        label={say('exportNow')}
        tabIndex={tabIndex}
        expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      />
      {isOpen.value && <Menu label={say('exportNow')} anchor={root} entries={entries} close={close} />}
    </span>
  );
}
