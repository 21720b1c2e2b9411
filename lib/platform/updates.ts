// Updates of the extension itself.
import { browser } from './native.ts';

/** Calls `isReady` when a new version waits, and starts it when that resolves. Must be called synchronously at the worker's start. */
export function updateWhen(isReady: () => Promise<void>): void {
  browser.runtime.onUpdateAvailable.addListener(() => {
    void isReady().then(() => browser.runtime.reload());
  });
}
