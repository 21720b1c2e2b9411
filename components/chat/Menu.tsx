// A menu over everything, beside its button: arrows, Home, End and Enter work, Escape and a click elsewhere close it.
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { MenuEntry } from './MoreMenu.tsx';
import './menu.css';

interface MenuProps {
  label: string;
  anchor: RefObject<HTMLElement | null>;
  entries: readonly MenuEntry[];
  /** `returnsFocus`: the button gets it back. */
  close: (returnsFocus: boolean) => void;
}

export function Menu({ label, anchor, entries, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current && anchor.current) place(menu.current, anchor.current);
    menu.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [anchor]);
  useEffect(() => watchOutside(menu, anchor, close), [anchor]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      // Escape would close the popup as well. Tab goes on from the button.
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      close(true);
      return;
    }
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const next = indexAfter(
      event.key,
      items.indexOf(document.activeElement as HTMLButtonElement),
      items.length,
    );
    if (next === undefined) return;
    event.preventDefault();
    // The list that a menu stands in has keys of its own.
    event.stopPropagation();
    items[next]?.focus();
  };
  return (
    <div class="menu" role="menu" aria-label={label} ref={menu} onKeyDown={onKeyDown} tabIndex={-1}>
      {entries.map((entry) => (
        <button
          type="button"
          role="menuitem"
          class="menu-item"
          key={entry.label}
          tabIndex={-1}
          onClick={() => {
            close(true);
            entry.run();
          }}
        >
          {entry.label}
        </button>
      ))}
    </div>
  );
}

function indexAfter(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowDown') return (index + 1) % count;
  if (key === 'ArrowUp') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

const GAP = 4;

/** Below the button where there is room, else above it, and inside the window; its end at the button's end. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const button = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = button.bottom + GAP + height <= innerHeight;
  const isRtl = getComputedStyle(anchor).direction === 'rtl';
  const wanted = isRtl ? button.left : button.right - width;
  const x = Math.max(GAP, Math.min(wanted, innerWidth - width - GAP));
  const y = isBelow ? button.bottom + GAP : button.top - GAP - height;
  menu.style.transform = `translate(${x}px, ${Math.max(GAP, y)}px)`;
}

/** Closes at a press elsewhere, and stays with its button where that moves. */
function watchOutside(
  menu: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  close: MenuProps['close'],
): () => void {
  const onPointer = ({ target }: Event) => {
    const isOurs =
      target instanceof Node && (menu.current?.contains(target) || anchor.current?.contains(target));
    if (!isOurs) close(false);
  };
  const onMove = () => {
    if (menu.current && anchor.current) place(menu.current, anchor.current);
  };
  document.addEventListener('pointerdown', onPointer, true);
  document.addEventListener('scroll', onMove, true);
  addEventListener('resize', onMove);
  return () => {
    document.removeEventListener('pointerdown', onPointer, true);
    document.removeEventListener('scroll', onMove, true);
    removeEventListener('resize', onMove);
  };
}
