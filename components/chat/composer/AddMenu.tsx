import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../../lib/chat/model.ts';
import { say } from '../../../lib/words/say.ts';
import { PartIcon, type PartIconName } from './PartIcon.tsx';
import { pickFiles } from './pick-files.ts';

interface AddMenuProps {
  model: ChatModel;
  /** The button that opened it; it gets the focus back. */
  button: RefObject<HTMLButtonElement | null>;
}

interface Item {
  icon: PartIconName;
  label: string;
  run: () => void;
}

function itemsOf({ composing, draft, deps }: ChatModel): Item[] {
  const { open, caret } = composing;
  const slash = () => {
    draft.value = '/';
    caret.value = 1;
  };
  const page: Item = { icon: 'page', label: say('addThisPage'), run: () => void composing.addPage() };
  return [
    ...(deps.panelTab?.canRead.value === false ? [] : [page]),
    { icon: 'tab', label: say('addTab'), run: () => (open.value = 'tabs') },
    {
      icon: 'image',
      label: say('addFile'),
      run: () => pickFiles((files) => void composing.addFiles(files)),
    },
    ...(draft.value === '' ? [{ icon: 'prompt' as const, label: say('addPrompt'), run: slash }] : []),
    { icon: 'instructions', label: say('addInstructions'), run: () => (open.value = 'instructions') },
  ];
}

/** What can go along with a message. */
export function AddMenu({ model, button }: AddMenuProps) {
  const { open } = model.composing;
  const close = () => {
    if (open.value === 'menu') open.value = null;
    button.current?.focus();
  };
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => focusItem(menu.current, 0), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = menuItems(menu.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) focusItem(menu.current, (to + items.length) % items.length);
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    const isInside = relatedTarget instanceof Node && menu.current?.parentElement?.contains(relatedTarget);
    if (!isInside && open.value === 'menu') open.value = null;
  };
  return (
    <div
      class="menu"
      role="menu"
      aria-label={say('addToMessage')}
      tabIndex={-1}
      ref={menu}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
    >
      {itemsOf(model).map(({ icon, label, run }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            close();
            run();
          }}
        >
          <PartIcon name={icon} /> {label}
        </button>
      ))}
    </div>
  );
}

function menuItems(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

function focusItem(menu: HTMLElement | null, index: number): void {
  menuItems(menu)[index]?.focus();
}
