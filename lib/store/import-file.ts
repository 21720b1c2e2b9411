// A file of conversations, read with suspicion: what it holds is known before anything of it is stored.
import * as v from 'valibot';
import { FORMAT, FORMAT_VERSION } from '../history/archive.ts';
import { isTemporary } from '../history/temporary.ts';
import type { Turn } from '../protocol/contract.ts';
import type { WholeConversation } from '../protocol/history.ts';
import { say, sayCount } from '../words/say.ts';
import { turnSchema } from './row-schema.ts';

/** A larger file could not be held in memory beside what is made of it. */
export const MAX_FILE = 200_000_000;
const MAX_TEXT = 5_000_000;
/** How many problems are told of; a file that is wrong is mostly wrong everywhere. */
const MAX_TOLD = 5;

export interface ReadFile {
  conversations: WholeConversation[];
  /** What is wrong with it, in words for a person; where there is anything, nothing of it can be stored. */
  problems: string[];
}

const id = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/, () => say('fileNoId')),
  v.check(
    (text) => !isTemporary(text),
    () => say('fileTemporary'),
  ),
);
const time = v.pipe(v.number(), v.finite(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const { boot: _, ...stored } = turnSchema.entries;

const turn = v.looseObject({
  ...stored,
  id,
  conversationId: id,
  parentId: v.nullable(id),
  createdAt: time,
  userText: text,
  state: v.picklist(['done', 'partial', 'failed']),
  model: text,
  origin: text,
});

const conversation = v.looseObject({
  id,
  title: v.pipe(v.string(), v.maxLength(1000)),
  head: v.nullable(id),
  createdAt: time,
  updatedAt: time,
  isNamed: v.optional(v.literal(true)),
  pinnedAt: v.optional(time),
  turns: v.array(turn),
});

const frame = v.looseObject({
  format: v.literal(FORMAT),
  version: v.number(),
  conversations: v.array(v.unknown()),
});

/** Never throws: what is wrong is among the problems. */
export function readFile(json: string): ReadFile {
  const refuse = (problem: string): ReadFile => ({ conversations: [], problems: [problem] });
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return refuse(say('fileNotJson'));
  }
  const framed = v.safeParse(frame, parsed);
  if (!framed.success) return refuse(say('fileNotOurs'));
  const { version, conversations: found } = framed.output;
  if (version !== FORMAT_VERSION) return refuse(say('fileVersion', version, FORMAT_VERSION));
  return readConversations(found);
}

function readConversations(found: readonly unknown[]): ReadFile {
  const conversations: WholeConversation[] = [];
  const problems: string[] = [];
  const ids = new Set<string>();
  let wrong = 0;
  for (const [at, one] of found.entries()) {
    const read = v.safeParse(conversation, one, { abortEarly: true });
    const problem = read.success
      ? problemWith(read.output as unknown as WholeConversation, ids)
      : wordsOf(read.issues[0]);
    if (read.success && problem === undefined) conversations.push(plain(read.output as object));
    else if (++wrong <= MAX_TOLD) problems.push(say('fileProblem', at + 1, problem ?? ''));
  }
  if (wrong > MAX_TOLD) problems.push(sayCount('fileMoreProblems', wrong - MAX_TOLD));
  return { conversations, problems };
}

function problemWith({ id: own, head, turns }: WholeConversation, ids: Set<string>): string | undefined {
  const theirs = new Set(turns.map((one) => one.id));
  if (ids.has(own)) return say('fileTwice');
  for (const key of [own, ...theirs]) ids.add(key);
  if (theirs.size < turns.length) return say('fileMessageTwice');
  if (turns.some(({ conversationId }) => conversationId !== own)) return say('fileMessageElsewhere');
  if (head !== null && !theirs.has(head)) return say('fileLastMissing');
  return undefined;
}

/** Without what only the worker writes: a row of a file must not be hidden, or be taken for one of this worker's. */
function plain(read: object): WholeConversation {
  const { deletedAt: _d, changedAt: _c, ...row } = read as WholeConversation & Record<string, unknown>;
  return { ...row, turns: row.turns.map(withoutBoot) };
}

function withoutBoot(one: Turn): Turn {
  const { boot: _b, ...rest } = one as Turn & { boot?: unknown };
  return rest;
}

/** Only the checks of an id have words of ours; what the library says is English. */
function wordsOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'conversation';
  const isTold = issue.type === 'regex' || issue.type === 'check';
  return isTold ? `${path}: ${issue.message}` : say('fileField', path);
}
