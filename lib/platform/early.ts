// The conversation on screen is asked for by the page's first script (entrypoints/early.ts), before the others are there: what the worker
// and the disk need for it passes while they are read. That script may not fail (while the extension is being updated it would), and does
// nothing in a frame, which a page could have made; then the page simply asks itself.
import type { Channel, Connect } from '../protocol/channel.ts';
import { type Port, portChannel } from './port-channel.ts';

export interface Early {
  port: Port;
  /** What has come by now. */
  messages: unknown[];
  isClosed: boolean;
}

/** Opens channels as `connect` does; the first request for the conversation on screen gets the answer to the early one. */
export function withEarlyAnswer(connect: Connect): Connect {
  const place = globalThis as { runnelEarly?: Early };
  return () => {
    const { runnelEarly: early } = place;
    if (!early) return connect();
    let channel: Channel | undefined;
    const messageListeners: ((message: unknown) => void)[] = [];
    const closeListeners: (() => void)[] = [];
    const use = (opened: Channel) => {
      channel = opened;
      for (const listener of messageListeners) opened.onMessage(listener);
      for (const listener of closeListeners) opened.onClose(listener);
      return opened;
    };
    return {
      post(message) {
        if (channel) return channel.post(message);
        if (!isEarlyRequest(message) || place.runnelEarly !== early) return use(connect()).post(message);
        delete place.runnelEarly;
        // What came before is told in order, before anything else can come.
        use(portChannel(early.port));
        for (const came of early.messages) for (const listener of messageListeners) listener(came);
        if (early.isClosed) for (const listener of closeListeners) listener();
      },
      onMessage: (listener) => void (channel ? channel.onMessage(listener) : messageListeners.push(listener)),
      onClose: (listener) => void (channel ? channel.onClose(listener) : closeListeners.push(listener)),
      close: () => channel?.close(),
    };
  };
}

function isEarlyRequest(message: unknown): boolean {
  const { type, id } = (message ?? {}) as { type?: unknown; id?: unknown };
  return type === 'conversation' && id === undefined;
}
