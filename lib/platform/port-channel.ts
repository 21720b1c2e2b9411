// A runtime port as a channel. Without the polyfill, which would be a quarter of what is injected into a page: ports are the same
// in every browser.
import type { Channel } from '../protocol/channel.ts';

/** What is used of a port, polyfilled or native. */
export interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

/** Posting on a port that is gone does nothing: the other end's death is told by `onClose`. */
export function portChannel(port: Port): Channel {
  return {
    post(message) {
      try {
        port.postMessage(message);
      } catch {
        // Disconnected in the meantime, or the extension was updated under a page script.
      }
    },
    onMessage: (listener) => port.onMessage.addListener((message) => listener(message)),
    onClose: (listener) =>
      port.onDisconnect.addListener(() => {
        // A reason that nobody reads is written on the page's console.
        void (globalThis as { chrome?: { runtime?: { lastError?: unknown } } }).chrome?.runtime?.lastError;
        listener();
      }),
    close() {
      try {
        port.disconnect();
      } catch {
        // The extension was updated under a page script, and its ports with it.
      }
    },
  };
}
