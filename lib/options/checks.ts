// The lines of the connection test in words.
import type { ErrorCode, Trouble } from '../engine/errors.ts';
import type { Check, CheckName } from '../protocol/check.ts';
import { wordsFor } from '../words/trouble.ts';
import { collectedHint, hintsFor } from './check-hints.ts';

export interface CheckLine {
  name: CheckName;
  outcome: Check['outcome'];
  text: string;
  /** What to do; only where the line failed. */
  hint?: string;
  /** A line to be copied somewhere else, letter for letter. */
  command?: string;
  /** An address to open in a tab: the browser shows there what it only refuses here. */
  link?: string;
  /** A base URL at which the server answers as an API. */
  better?: string;
  /** The server's own words, as plain text. */
  details?: string;
  code?: ErrorCode;
}

export interface CheckContext {
  host: string;
  model: string;
  /** The base URL that is tested. */
  baseUrl: string;
  /** What the extension's requests come from, for servers that want to be told. */
  origin: string;
}

type Detail = NonNullable<Check['detail']>;

interface Texts {
  ok(context: CheckContext, detail: Detail): string;
  skipped: string;
  /** After an earlier line that failed for the same reason. */
  again?: string;
  /** The server does without. */
  missing?: string;
}

const texts: Record<CheckName, Texts> = {
  address: { ok: () => 'The address is valid', skipped: 'Address: not checked' },
  permission: { ok: ({ host }) => `Access to ${host} is granted`, skipped: 'Access: not checked' },
  reachable: {
    ok: ({ host }, { models }) => (models ? `${host} answers and lists ${models} models` : `${host} answers`),
    skipped: 'Server: not checked',
    again: 'Server: failed for the same reason',
  },
  key: {
    ok: () => 'The key is accepted',
    skipped: 'Key: not checked',
    again: 'Key: failed for the same reason',
  },
  model: {
    ok: ({ model }) => `The model ${model} is offered`,
    skipped: 'Model: not checked',
    again: 'Model: failed for the same reason',
  },
  stream: {
    ok: (_, { ttftMs }) =>
      ttftMs === undefined
        ? 'A reply streamed'
        : `A reply streamed, first token after ${Math.round(ttftMs)} ms`,
    skipped: 'Reply: not tried',
    again: 'Reply: none came, for the same reason',
  },
  pieces: {
    ok: (_, { chunks }) => (chunks ? `It came piece by piece: ${chunks} chunks` : 'It came piece by piece'),
    skipped: 'Piece by piece: not tried',
    missing: 'It came in one piece: this server does not stream',
  },
  usage: {
    ok: (_, { tokens }) =>
      tokens ? `The server counts tokens: ${tokens} for this test` : 'The server counts tokens',
    skipped: 'Counts of tokens: not settled',
    missing: 'The server does not count tokens: figures are estimates, marked ~',
  },
  tools: {
    ok: () => 'Tools are taken, and called',
    skipped: 'Tools: not tried',
    missing: 'Tools are not called by this model',
  },
  json: {
    ok: () => 'JSON schemas are taken',
    skipped: 'JSON: not tried',
    missing: 'JSON schemas are not kept to by this model',
  },
};

/** The lines of the test as they come: what one line said is not said again by the next. */
export function addLine(lines: readonly CheckLine[], check: Check, context: CheckContext): CheckLine[] {
  const line = lineFor(check, context);
  const again = texts[line.name].again;
  const said = line.outcome === 'failed' && line.code && lines.some(({ code }) => code === line.code);
  return [...lines, said && again ? { name: line.name, outcome: line.outcome, text: again } : line];
}

/** One line of the test as a person reads it. */
export function lineFor(check: Check, context: CheckContext): CheckLine {
  const { name, outcome, trouble, detail = {}, better } = check;
  const { ok, skipped, missing } = texts[name];
  if (outcome === 'ok') return { name, outcome, text: ok(context, detail) };
  if (outcome === 'skipped') return { name, outcome, text: skipped, ...detailsOf(trouble) };
  if (outcome === 'missing') return { name, outcome, text: missing ?? skipped, ...detailsOf(trouble) };
  if (!trouble && name === 'pieces')
    return { name, outcome, text: 'It came all at once, after a wait', hint: collectedHint };
  const cause: Trouble = trouble ?? { code: 'unknown', message: '' };
  const words = wordsFor(cause, context);
  const hints = hintsFor(cause, words, context, better);
  return {
    name,
    outcome,
    text: words.title,
    code: cause.code,
    ...hints,
    ...(cause.message === hints.hint ? {} : detailsOf(cause)),
  };
}

function detailsOf(trouble: Trouble | undefined): { details?: string } {
  return trouble?.message ? { details: trouble.message } : {};
}
