// What is stored, read with suspicion: a row with a wrong type costs itself and nothing else.
import * as v from 'valibot';
import { ERROR_CODES, WORKER_ENDED, WORKER_ENDED_BETWEEN } from '../engine/errors.ts';
import { emptyMessage } from '../engine/fold.ts';
import { emptyStats } from '../engine/stats.ts';
import type { Turn } from '../protocol/contract.ts';
import { type Choice, choiceSchema } from '../settings/provider.ts';

export interface ConversationRow {
  id: string;
  title: string;
  /** The last turn of the path that is shown; null while empty. */
  head: string | null;
  createdAt: number;
  updatedAt: number;
  /** What it is asked with; absent where it chose nothing. */
  choice?: Choice;
  /** Its own instructions. */
  system?: string | undefined;
  /** When anything of it changed last, its turns' texts too: what the search goes by. */
  changedAt?: number;
  /** A person wrote the title: nothing else replaces it. */
  isNamed?: true;
  /** Since when it stands before the others. */
  pinnedAt?: number;
  /** It is to go: hidden since then, and gone some seconds later unless somebody takes that back. */
  deletedAt?: number;
}

/** A turn and the worker that wrote it: one that another worker left running has ended with it. */
export type TurnRow = Turn & { boot: string };

const RUNNING = ['waiting', 'streaming', 'retrying', 'continuing'] as const;
export const RUNNING_STATES: readonly Turn['state'][] = RUNNING;

const nullable = <T extends v.GenericSchema>(schema: T) => v.nullable(schema);
const code = v.picklist(ERROR_CODES);
const trouble = v.looseObject({ code, message: v.string() });

export const turnSchema = v.looseObject({
  id: v.string(),
  conversationId: v.string(),
  parentId: nullable(v.string()),
  kind: v.picklist(['chat', 'translation']),
  createdAt: v.number(),
  userText: v.string(),
  reply: v.looseObject({
    text: v.string(),
    reasoning: v.string(),
    refusal: v.string(),
    toolCalls: v.array(v.looseObject({ id: v.string(), name: v.string(), arguments: v.string() })),
    finishReason: nullable(v.string()),
    usage: nullable(v.looseObject({})),
  }),
  seams: v.array(v.number()),
  state: v.picklist([...RUNNING, 'done', 'partial', 'failed']),
  trouble: nullable(trouble),
  stats: v.looseObject({ elapsedMs: v.number(), chunks: v.number(), tokens: v.number() }),
  model: v.string(),
  origin: v.string(),
  attempts: v.array(v.looseObject({ at: v.number(), status: nullable(v.number()), code: nullable(code) })),
  seq: v.number(),
  boot: v.string(),
  images: v.optional(v.array(v.looseObject({ name: v.string(), url: v.string() }))),
  context: v.optional(v.array(v.looseObject({ title: v.string(), text: v.string() }))),
});

/** What may be missing, and is where it is damaged. */
const maybe = <T extends v.GenericSchema>(schema: T) => v.fallback(v.optional(schema), undefined);

const conversationSchema = v.object({
  id: v.string(),
  title: v.fallback(v.string(), ''),
  head: v.fallback(nullable(v.string()), null),
  createdAt: v.fallback(v.number(), 0),
  updatedAt: v.fallback(v.number(), 0),
  choice: maybe(choiceSchema),
  system: maybe(v.string()),
  changedAt: maybe(v.number()),
  isNamed: maybe(v.literal(true)),
  pinnedAt: maybe(v.number()),
  deletedAt: maybe(v.number()),
});

/** The turn of a row, ended where its worker is not `boot`; a damaged one keeps its place. Undefined where there is no row. */
export function readTurn(row: unknown, boot: string): Turn | undefined {
  if (row === undefined) return undefined;
  if (!v.is(turnSchema, row)) return damaged(row);
  const { boot: writer, ...turn } = row as unknown as TurnRow;
  return RUNNING_STATES.includes(turn.state) && writer !== boot ? orphan(turn) : turn;
}

export function readConversation(row: unknown): ConversationRow | undefined {
  const parsed = v.safeParse(conversationSchema, row);
  // Without the fields that are missing, for an index takes up every row that has its field.
  return parsed.success ? (withoutUndefined(parsed.output) as ConversationRow) : undefined;
}

function withoutUndefined(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

/** A turn whose worker died: partial where something had come; whole where the model had said that it was at its end. */
function orphan(turn: Turn): Turn {
  const { text, reasoning, refusal, toolCalls } = turn.reply;
  if (turn.reply.finishReason !== null) return { ...turn, state: 'done', trouble: null };
  const isEmpty = text === '' && reasoning === '' && refusal === '' && toolCalls.length === 0;
  // Between two attempts the last one is known to have failed, so nothing is paid twice when the next is made.
  const message = turn.state === 'retrying' ? WORKER_ENDED_BETWEEN : WORKER_ENDED;
  return {
    ...turn,
    state: isEmpty ? 'failed' : 'partial',
    trouble: { code: 'interrupted', message },
    seams: turn.seams.filter((offset) => offset < text.length),
  };
}

/** What can be told of a row that cannot be read. The row itself stays as it is: somebody may be able to mend it. */
function damaged(row: unknown): Turn | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const { id, conversationId, parentId, createdAt, userText } = row as Record<string, unknown>;
  if (typeof id !== 'string') return undefined;
  return {
    id,
    conversationId: typeof conversationId === 'string' ? conversationId : '',
    parentId: typeof parentId === 'string' ? parentId : null,
    kind: 'chat',
    createdAt: typeof createdAt === 'number' ? createdAt : 0,
    userText: typeof userText === 'string' ? userText : '',
    reply: emptyMessage(),
    seams: [],
    state: 'failed',
    trouble: { code: 'storage', message: 'This message is damaged in the history and cannot be shown.' },
    stats: emptyStats(),
    model: '',
    origin: '',
    attempts: [],
    seq: 0,
    isDamaged: true,
  };
}
