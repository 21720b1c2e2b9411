import { useEffect } from 'preact/hooks';
import type { Parts } from './keys.ts';

/** The keys of the chat, once it is on screen: nobody presses one before. */
export function useKeys({ model, box, showShortcuts }: Parts): void {
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isGone = false;
    void import('./keys.ts').then(({ listenToKeys }) => {
      if (!isGone) stop = listenToKeys({ model, box, showShortcuts });
    }, console.warn);
    return () => {
      isGone = true;
      stop?.();
    };
  }, [model, box, showShortcuts]);
}
