import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ConversationList } from '../../../lib/chat/conversations.ts';
import type { ConversationEntry } from '../../../lib/protocol/history.ts';
import { say } from '../../../lib/words/say.ts';
import { IconButton } from '../../Button.tsx';
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
  const close = (isDone = true) => {
    isOpen.value = false;
    if (isDone) root.current?.querySelector('button')?.focus();
  };
  const save = async (kind: 'markdown' | 'json') => {
    close();
    const file = await list.exportAs(entry.id, kind);
    if (file) saveText(file.name, file.text);
  };
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
      {isOpen.value && <ExportMenu save={(kind) => void save(kind)} close={close} />}
    </span>
  );
}

interface MenuProps {
  save(kind: 'markdown' | 'json'): void;
  /** `isDone`: the focus goes back to the button. */
  close(isDone?: boolean): void;
}

function ExportMenu({ save, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!menu.current) return;
    place(menu.current);
    menu.current.querySelector('button')?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) items[(at + by + items.length) % items.length]?.focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocusOut = (event: FocusEvent) => {
    if (!(event.relatedTarget instanceof Node) || !menu.current?.contains(event.relatedTarget)) close(false);
  };
  return (
    <div
      class="menu"
      role="menu"
      aria-label={say('exportNow')}
      ref={menu}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
    >
      <button type="button" role="menuitem" onClick={() => save('markdown')}>
        {say('exportMarkdown')}
      </button>
      <button type="button" role="menuitem" onClick={() => save('json')}>
        {say('exportJson')}
      </button>
    </div>
  );
}

/** Over everything that scrolls, below its button or above it where there is no room. */
function place(menu: HTMLElement): void {
  const button = menu.previousElementSibling?.getBoundingClientRect();
  if (!button) return;
  const { offsetHeight: height, offsetWidth: width } = menu;
  const below = button.bottom + 4;
  menu.style.top = `${below + height > innerHeight ? button.top - height - 4 : below}px`;
  menu.style.left = `${Math.max(8, Math.min(button.left, innerWidth - width - 8))}px`;
}
