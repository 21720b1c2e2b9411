// The closed schemas of requests about models, providers and figures.
import * as v from 'valibot';
import { choiceSchema, modelAtSchema } from '../settings/provider.ts';
import { id } from './ids.ts';
import type { ModelRequests } from './models.ts';

const { baseUrl } = modelAtSchema.entries;
const yes = v.optional(v.literal(true));

export const modelSchemas = {
  'model-choice': v.strictObject({ type: v.literal('model-choice'), conversationId: id }),
  'choose-model': v.strictObject({
    type: v.literal('choose-model'),
    conversationId: id,
    choice: choiceSchema,
    isUsual: yes,
  }),
  'favour-model': v.strictObject({
    type: v.literal('favour-model'),
    ...modelAtSchema.entries,
    isFavourite: v.boolean(),
  }),
  'provider-models': v.strictObject({ type: v.literal('provider-models'), baseUrl, isFresh: yes }),
  usage: v.strictObject({
    type: v.literal('usage'),
    since: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/)),
  }),
  'conversation-usage': v.strictObject({ type: v.literal('conversation-usage'), conversationId: id }),
  'clear-usage': v.strictObject({ type: v.literal('clear-usage') }),
} satisfies { [T in keyof ModelRequests]: v.GenericSchema<unknown> };
