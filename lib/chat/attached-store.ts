// What is to go along with a question that is not sent yet, kept beside its draft, so that a popup which closes takes nothing along.
import { type Attachments, attachmentsOf } from '../protocol/attachments.ts';
import type { DraftStore } from './drafting.ts';

/** Characters; more than this stays in the view alone: the storage has room for a few millions in all. */
const MAX_KEPT = 1_000_000;
/** Behind the conversation's id, which has no such sign in it. */
const MARK = '+';

/** Under which name the storage of the drafts has what is attached in a conversation. */
export const attachedName = (conversationId: string): string => conversationId + MARK;

export interface AttachedStore {
  read(conversationId: string): Attachments;
  write(conversationId: string, attachments: Attachments): void;
  /** Calls the listener with the conversation whose attachments another view has changed. */
  onChange(listener: (conversationId: string) => void): () => void;
}

export function createAttachedStore(drafts: DraftStore): AttachedStore {
  return {
    read(conversationId) {
      try {
        const { images, context } = JSON.parse(
          drafts.read(attachedName(conversationId)) ?? '{}',
        ) as Attachments;
        const isWhole = [images ?? [], context ?? []].every(Array.isArray);
        return isWhole
          ? attachmentsOf({ ...(images ? { images } : {}), ...(context ? { context } : {}) })
          : {};
      } catch {
        return {};
      }
    },
    write(conversationId, attachments) {
      const kept = JSON.stringify(attachments);
      drafts.write(attachedName(conversationId), kept === '{}' || kept.length > MAX_KEPT ? null : kept);
    },
    onChange: (listener) =>
      drafts.onChange((name) => {
        if (name.endsWith(MARK)) listener(name.slice(0, -1));
      }),
  };
}
