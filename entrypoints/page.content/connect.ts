// The page script's way to the worker. Ports are the same in every browser, so the polyfill, which would be a quarter of what is
// injected into a page, stays out.
import { browser } from 'wxt/browser';
import type { Channel } from '../../lib/protocol/channel.ts';

/** False once the extension was updated or removed under the page: the browser then takes the id away. */
export function isExtensionAlive(): boolean {
  return browser?.runtime?.id !== undefined;
}

/** Opens a channel to the worker, which it wakes; throws where the extension is gone. */
export function connectFromPage(): Channel {
  const port = browser.runtime.connect({ name: 'runnel' });
  return {
    post(message) {
      try {
        port.postMessage(message);
      } catch {
        // Gone in the meantime; `onClose` tells.
      }
    },
    onMessage: (listener) => port.onMessage.addListener((message: unknown) => listener(message)),
    onClose: (listener) => port.onDisconnect.addListener(() => listener()),
    close: () => port.disconnect(),
  };
}
