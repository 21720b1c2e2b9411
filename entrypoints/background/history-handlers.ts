// The part of the dispatch table that is about conversations as a list.
import type { HistoryRequests } from '../../lib/protocol/history.ts';
import type { Handlers } from '../../lib/protocol/server.ts';
import { ready, shelving } from './dependencies.ts';

export const historyHandlers: Pick<Handlers, keyof HistoryRequests> = {
  async conversations({ after }) {
    await ready;
    return shelving.page(after);
  },
  async 'open-conversation'({ id }) {
    await ready;
    return shelving.open(id);
  },
  'temporary-conversation': () => shelving.begin(true),
  'rename-conversation': ({ id, title }) => shelving.rename(id, title),
  'pin-conversation': ({ id, isPinned }) => shelving.pin(id, isPinned),
  'delete-conversation': ({ id }) => shelving.delete(id),
  'restore-conversation': ({ id }) => shelving.restore(id),
  'delete-all-conversations': () => shelving.deleteAll(),
  async 'whole-conversation'({ id }) {
    await ready;
    return shelving.whole(id);
  },
};
