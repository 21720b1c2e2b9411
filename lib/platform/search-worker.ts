// The search's own worker, for as long as somebody searches.
import type { Channel } from '../protocol/channel.ts';

export function startSearch(): Channel {
  const worker = new Worker(new URL('../search/worker.ts', import.meta.url), {
    type: 'module',
    name: 'search',
  });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
    onClose: (listener) => worker.addEventListener('error', listener),
    close: () => worker.terminate(),
  };
}
