// Word from the worker to every open view of ours. A BroadcastChannel is bound to the extension's origin, so no page hears it,
// and unlike a port it neither wakes the worker nor tells a view that it slept.
import type { Notice } from '../protocol/contract.ts';

const NAME = 'runnel';

export function createNotifier(): (notice: Notice) => void {
  const channel = new BroadcastChannel(NAME);
  return (notice) => channel.postMessage(notice);
}

/** Calls `listener` for every notice until the returned function is called. */
export function listenToNotices(listener: (notice: Notice) => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', (event: MessageEvent<Notice>) => listener(event.data));
  return () => channel.close();
}
