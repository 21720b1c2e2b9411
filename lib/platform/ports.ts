// Runtime ports as channels.
import type { Runtime } from 'webextension-polyfill';
import type { Channel } from '../protocol/channel.ts';
import { browser } from './browser.ts';

/** A port as a channel. Posting on a port that is gone does nothing: the other end's death is told by `onClose`. */
export function portChannel(port: Runtime.Port): Channel {
  return {
    post(message) {
      try {
        port.postMessage(message);
      } catch {
        // Disconnected in the meantime, or the extension was updated under a page script.
      }
    },
    onMessage: (listener) => port.onMessage.addListener(listener),
    onClose: (listener) => port.onDisconnect.addListener(listener),
    close: () => port.disconnect(),
  };
}

/** Opens a channel to the worker; starts the worker if it sleeps. */
export function connectToWorker(): Channel {
  return portChannel(browser.runtime.connect({ name: 'runnel' }));
}
