import { afterEach, expect, it, vi } from 'vitest';
import { type Port, portChannel } from '../../lib/platform/port-channel.ts';

afterEach(() => vi.unstubAllGlobals());

function createPort(): { port: Port; breakOff(): void } {
  const listeners: (() => void)[] = [];
  const gone = () => {
    throw new Error('Extension context invalidated.');
  };
  const port: Port = {
    postMessage: gone,
    disconnect: gone,
    onMessage: { addListener: () => {} },
    onDisconnect: { addListener: (listener) => listeners.push(listener) },
  };
  return {
    port,
    breakOff: () => {
      for (const listener of listeners) listener();
    },
  };
}

it('takes no offence at an extension that was updated under it', () => {
  const channel = portChannel(createPort().port);
  channel.post({});
  channel.close();
});

it('reads why a port was closed, or the browser complains in the console of the page', () => {
  const read = vi.fn();
  vi.stubGlobal('chrome', {
    runtime: {
      get lastError() {
        read();
        return undefined;
      },
    },
  });
  const { port, breakOff } = createPort();
  const closed = vi.fn();
  portChannel(port).onClose(closed);
  breakOff();
  expect(closed).toHaveBeenCalledTimes(1);
  expect(read).toHaveBeenCalledTimes(1);
});
