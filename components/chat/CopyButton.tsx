import { useSignal } from '@preact/signals';
import { IconButton } from '../Button.tsx';

/** How long the tick is shown, ms. */
const TICK_MS = 2000;

/** Copies, and shows for a moment that it did. `copy` resolves with whether it worked. */
export function CopyButton({ label, copy }: { label: string; copy: () => Promise<boolean> }) {
  const isCopied = useSignal(false);
  const run = async () => {
    isCopied.value = await copy();
    setTimeout(() => {
      isCopied.value = false;
    }, TICK_MS);
  };
  return (
    <IconButton small icon={isCopied.value ? 'check' : 'copy'} label={label} onClick={() => void run()} />
  );
}
