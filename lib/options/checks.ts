// The lines of the connection test in words.
import type { ErrorCode, Trouble } from '../engine/errors.ts';
import type { Check, CheckName } from '../protocol/check.ts';
import { type MessageName, say, sayCount } from '../words/say.ts';
import { wordsFor } from '../words/trouble.ts';
import { hintsFor } from './check-hints.ts';

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
  skipped: MessageName;
  /** After an earlier line that failed for the same reason. */
  again?: MessageName;
  /** The server does without. */
  missing?: MessageName;
}

const texts: Record<CheckName, Texts> = {
  address: { ok: () => say('addressOk'), skipped: 'addressSkipped' },
  permission: { ok: ({ host }) => say('permissionOk', host), skipped: 'permissionSkipped' },
  reachable: {
    ok: ({ host }, { models }) =>
      models ? sayCount('reachableModels', models, host) : say('reachableOk', host),
    skipped: 'reachableSkipped',
    again: 'reachableAgain',
  },
  key: { ok: () => say('keyOk'), skipped: 'keySkipped', again: 'keyAgain' },
  model: { ok: ({ model }) => say('modelOk', model), skipped: 'modelSkipped', again: 'modelAgain' },
  stream: {
    ok: (_, { ttftMs }) => (ttftMs === undefined ? say('streamOk') : say('streamAfter', Math.round(ttftMs))),
    skipped: 'streamSkipped',
    again: 'streamAgain',
  },
  pieces: {
    ok: (_, { chunks }) => (chunks ? sayCount('piecesCount', chunks) : say('piecesOk')),
    skipped: 'piecesSkipped',
    missing: 'piecesMissing',
  },
  usage: {
    ok: (_, { tokens }) => (tokens ? say('usageTokens', tokens) : say('usageOk')),
    skipped: 'usageSkipped',
    missing: 'usageMissing',
  },
  tools: { ok: () => say('toolsOk'), skipped: 'toolsSkipped', missing: 'toolsMissing' },
  json: { ok: () => say('jsonOk'), skipped: 'jsonSkipped', missing: 'jsonMissing' },
};

/** The lines of the test as they come: what one line said is not said again by the next. */
export function addLine(lines: readonly CheckLine[], check: Check, context: CheckContext): CheckLine[] {
  const line = lineFor(check, context);
  const again = texts[line.name].again;
  const said = line.outcome === 'failed' && line.code && lines.some(({ code }) => code === line.code);
  return [...lines, said && again ? { name: line.name, outcome: line.outcome, text: say(again) } : line];
}

/** One line of the test as a person reads it. */
export function lineFor(check: Check, context: CheckContext): CheckLine {
  const { name, outcome, trouble, detail = {}, better } = check;
  const { ok, skipped, missing } = texts[name];
  if (outcome === 'ok') return { name, outcome, text: ok(context, detail) };
  if (outcome === 'skipped') return { name, outcome, text: say(skipped), ...detailsOf(trouble) };
  if (outcome === 'missing') return { name, outcome, text: say(missing ?? skipped), ...detailsOf(trouble) };
  if (!trouble && name === 'pieces')
    return { name, outcome, text: say('piecesFailed'), hint: say('piecesFailedHint') };
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
