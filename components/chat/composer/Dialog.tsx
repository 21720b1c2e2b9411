import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../../../lib/words/say.ts';
import { IconButton } from '../../Button.tsx';

interface DialogProps {
  title: string;
  close: () => void;
  children: ComponentChildren;
}

/** A dialog over the chat; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // By itself the browser would begin at Close.
    shown?.querySelector<HTMLElement>('input, textarea')?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // Behind it, Escape would stop the answer.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="dialog-head">
        <h2 id="dialog-title" dir="auto">
          {title}
        </h2>
        <IconButton small icon="close" label={say('do_close')} onClick={close} />
      </div>
      {children}
    </dialog>
  );
}
