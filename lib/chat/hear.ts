// What a view does about word from the worker.
import type { Notice } from '../protocol/contract.ts';
import type { Loader } from './loader.ts';
import type { Setup } from './setup.ts';
import type { TurnList } from './turn-list.ts';

/** A view stays with its conversation, whatever is said in others. */
export function hear(notice: Notice, loader: Loader, list: TurnList, configured: Setup): void {
  const id = loader.conversation.value?.id;
  const isOurs = 'conversationId' in notice && notice.conversationId === id;
  if (notice.type === 'settings-changed' || notice.type === 'storage-changed') void configured.load();
  if (notice.type === 'storage-changed' || (notice.type === 'conversation-changed' && isOurs))
    void loader.load(id);
  loader.hear(notice);
  if (notice.type !== 'turn-started') return;
  if (isOurs) list.adopt(notice.turnId);
  else if (notice.isAside) void loader.load(notice.conversationId);
}
