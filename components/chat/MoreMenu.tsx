import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { say } from '../../lib/words/say.ts';
import { Icon } from '../Icon.tsx';
import { later } from '../later.tsx';

export interface MenuEntry {
  label: string;
  run: () => void;
}

const Menu = later(() => import('./Menu.tsx').then((module) => module.Menu));

/** What is wanted less often, behind three dots. */
export function MoreMenu({ entries }: { entries: readonly MenuEntry[] }) {
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (returnsFocus: boolean) => {
    isOpen.value = false;
    if (returnsFocus) button.current?.focus();
  };
  return (
    <>
      <button
        type="button"
        class="icon-button small"
        ref={button}
        aria-label={say('more')}
        title={say('more')}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Icon name="more" />
      </button>
      {isOpen.value && <Menu label={say('more')} anchor={button} entries={entries} close={close} />}
    </>
  );
}
