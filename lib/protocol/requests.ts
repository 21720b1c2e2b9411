// The closed schemas of what comes in from outside: an unknown key, a wrong type or too much of anything refuses the whole message.
import * as v from 'valibot';
import { settingsSchema, showSchema } from '../settings/schema.ts';
import { attachmentFields } from './attachments-schema.ts';
import type { Request, RequestType } from './contract.ts';
import { historySchemas } from './history-requests.ts';
import { id } from './ids.ts';
import { modelSchemas } from './model-schemas.ts';

const url = v.pipe(v.string(), v.maxLength(2000));
/** Printable ASCII without quotes or spaces: what can stand in a header, and what keys are made of. */
const key = v.pipe(v.string(), v.regex(/^[!#-&(-_a-~]{1,1000}$/));
const MAX_QUESTION = 400_000;
const MAX_SEGMENTS = 500;
const MAX_CONTEXT = 500;
const MAX_SEGMENT = 20_000;
const MAX_BEGUN = 40_000;

const schemas = {
  ...modelSchemas,
  ...historySchemas,
  chat: v.strictObject({
    type: v.literal('chat'),
    turnId: id,
    conversationId: id,
    parentId: v.nullable(id),
    text: v.pipe(v.string(), v.maxLength(MAX_QUESTION), v.regex(/\S/)),
    ...attachmentFields,
  }),
  continue: v.strictObject({ type: v.literal('continue'), turnId: id }),
  keep: v.strictObject({ type: v.literal('keep'), turnId: id }),
  'select-turn': v.strictObject({ type: v.literal('select-turn'), turnId: id }),
  'delete-turn': v.strictObject({ type: v.literal('delete-turn'), turnId: id }),
  price: v.strictObject({ type: v.literal('price'), turnId: id }),
  attach: v.strictObject({
    type: v.literal('attach'),
    turnId: id,
    fromSeq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  translate: v.strictObject({
    type: v.literal('translate'),
    segments: v.pipe(
      v.array(
        v.strictObject({
          id: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)),
          text: v.pipe(v.string(), v.maxLength(MAX_SEGMENT), v.regex(/\S/)),
          context: v.optional(v.pipe(v.string(), v.maxLength(MAX_CONTEXT))),
          begun: v.optional(v.pipe(v.string(), v.maxLength(MAX_BEGUN))),
        }),
      ),
      v.minLength(1),
      v.maxLength(MAX_SEGMENTS),
    ),
    language: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{2,35}$/))),
    isConfirmed: v.optional(v.literal(true)),
  }),
  'bring-part': v.strictObject({
    type: v.literal('bring-part'),
    part: v.picklist(['field', 'below', 'aids']),
  }),
  'show-here': v.strictObject({ type: v.literal('show-here'), show: showSchema }),
  'translate-tab': v.strictObject({
    type: v.literal('translate-tab'),
    tabId: v.pipe(v.number(), v.integer()),
  }),
  selection: v.strictObject({
    type: v.literal('selection'),
    tabId: v.optional(v.pipe(v.number(), v.integer())),
  }),
  conversation: v.strictObject({ type: v.literal('conversation'), id: v.optional(id) }),
  capture: v.strictObject({ type: v.literal('capture'), turnId: id }),
  'new-conversation': v.strictObject({ type: v.literal('new-conversation') }),
  'kept-translations': v.strictObject({ type: v.literal('kept-translations') }),
  'forget-translations': v.strictObject({ type: v.literal('forget-translations') }),
  settings: v.strictObject({ type: v.literal('settings') }),
  'save-settings': v.strictObject({ type: v.literal('save-settings'), settings: settingsSchema }),
  'put-key': v.strictObject({ type: v.literal('put-key'), origin: url, key }),
  'remove-key': v.strictObject({ type: v.literal('remove-key'), origin: url }),
  'has-key': v.strictObject({ type: v.literal('has-key'), origin: url }),
  models: v.strictObject({ type: v.literal('models'), baseUrl: url, key: v.optional(key) }),
  'test-connection': v.strictObject({
    type: v.literal('test-connection'),
    preset: v.pipe(v.string(), v.maxLength(40)),
    baseUrl: url,
    model: v.pipe(v.string(), v.maxLength(200)),
    key: v.optional(key),
  }),
} satisfies { [T in RequestType]: v.GenericSchema<unknown> };

/** The request in a message; undefined where it is none. */
export function findRequest(message: unknown): Request | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const type = (message as { type?: unknown }).type;
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) return undefined;
  const parsed = v.safeParse(schemas[type as RequestType], message);
  return parsed.success ? (parsed.output as Request) : undefined;
}

export function isAbort(message: unknown): boolean {
  return typeof message === 'object' && message !== null && (message as { type?: unknown }).type === 'abort';
}
