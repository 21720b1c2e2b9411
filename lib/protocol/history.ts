// The part of the wire that is about the conversations as a list. Types only.
import type { ConversationView, Turn } from './contract.ts';

/** A conversation as the list shows it. */
export interface ConversationEntry {
  id: string;
  title: string;
  /** Ms since the epoch. */
  createdAt: number;
  updatedAt: number;
  isPinned: boolean;
}

export interface ConversationPage {
  /** All of them, on the first page only. */
  pinned: ConversationEntry[];
  /** Neither pinned nor deleted, newest first. */
  entries: ConversationEntry[];
  hasMore: boolean;
  /** What was deleted last and can still be had back; on the first page only. */
  deleted: ConversationEntry | null;
}

/** Everything of a conversation: every branch, oldest turn first. */
export interface WholeConversation {
  id: string;
  title: string;
  isNamed?: true;
  pinnedAt?: number;
  createdAt: number;
  updatedAt: number;
  head: string | null;
  turns: Turn[];
}

export interface HistoryRequests {
  /** A page of the list, behind a conversation of the page before. */
  conversations: { after?: { updatedAt: number; id: string } };
  /** Makes a conversation the current one and answers with it. */
  'open-conversation': { id: string };
  /** Begins a conversation that is never stored. */
  'temporary-conversation': Record<never, never>;
  'rename-conversation': { id: string; title: string };
  'pin-conversation': { id: string; isPinned: boolean };
  /** Hides a conversation and takes it away some seconds later; a temporary one at once. */
  'delete-conversation': { id: string };
  /** Takes a deletion back; false where that is too late. */
  'restore-conversation': { id: string };
  'delete-all-conversations': Record<never, never>;
  'whole-conversation': { id: string };
}

export interface HistoryResults {
  conversations: ConversationPage;
  'open-conversation': ConversationView;
  'temporary-conversation': ConversationView;
  'rename-conversation': null;
  'pin-conversation': null;
  'delete-conversation': null;
  'restore-conversation': boolean;
  'delete-all-conversations': null;
  'whole-conversation': WholeConversation;
}
