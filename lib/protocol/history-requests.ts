// The closed schemas of the requests about conversations.
import * as v from 'valibot';
import type { HistoryRequests } from './history.ts';
import { id } from './ids.ts';

/** What a person may write as a title; longer ones are cut by the view. */
export const MAX_TITLE = 200;

export const historySchemas = {
  conversations: v.strictObject({
    type: v.literal('conversations'),
    after: v.optional(v.strictObject({ updatedAt: v.number(), id })),
  }),
  'open-conversation': v.strictObject({ type: v.literal('open-conversation'), id }),
  'temporary-conversation': v.strictObject({ type: v.literal('temporary-conversation') }),
  'rename-conversation': v.strictObject({
    type: v.literal('rename-conversation'),
    id,
    title: v.pipe(v.string(), v.maxLength(MAX_TITLE)),
  }),
  'pin-conversation': v.strictObject({ type: v.literal('pin-conversation'), id, isPinned: v.boolean() }),
  'delete-conversation': v.strictObject({ type: v.literal('delete-conversation'), id }),
  'restore-conversation': v.strictObject({ type: v.literal('restore-conversation'), id }),
  'delete-all-conversations': v.strictObject({ type: v.literal('delete-all-conversations') }),
  'whole-conversation': v.strictObject({ type: v.literal('whole-conversation'), id }),
} satisfies { [T in keyof HistoryRequests]: v.GenericSchema<unknown> };
