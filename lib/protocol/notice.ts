// What the worker says to every view of ours that is open, unasked.
import type { ConversationEntry } from './history.ts';

/** Said by the worker to every view of ours that is open; never reaches a page. */
export type Notice =
  /** `isAside`: begun by a gesture outside our views, so whichever is open shows it. */
  | { type: 'turn-started'; conversationId: string; turnId: string; isAside: boolean }
  | { type: 'conversation-changed'; conversationId: string }
  /** Its title or its place in the list is another. */
  | { type: 'conversation-listed'; entry: ConversationEntry }
  /** It is deleted; null: all are. */
  | { type: 'conversation-removed'; conversationId: string | null }
  /** History is stored again, or not any more, or was cleared. */
  | { type: 'storage-changed' }
  | { type: 'settings-changed' }
  /** A gesture of the user has just let us into the page in front. Said by the popup too. */
  | { type: 'page-allowed' };
