// The lines of the connection test in words.
import type { ErrorCode, Trouble } from '../engine/errors.ts';
import type { Check, CheckName } from '../protocol/contract.ts';
import { type TroubleAction, wordsFor } from '../words/trouble.ts';

export interface CheckLine {
  name: CheckName;
  outcome: Check['outcome'];
  text: string;
  /** What to do; only where the line failed. */
  hint?: string;
  /** The server's own words, as plain text. */
  details?: string;
  code?: ErrorCode;
}

export interface CheckContext {
  host: string;
  model: string;
}

const skipped: Record<CheckName, string> = {
  address: 'Address: not checked',
  permission: 'Access: not checked',
  reachable: 'Server: not checked',
  key: 'Key: not checked',
  model: 'Model: not checked',
  stream: 'Reply: not tried',
};

const ok: Record<CheckName, (context: CheckContext, detail: NonNullable<Check['detail']>) => string> = {
  address: () => 'The address is valid',
  permission: ({ host }) => `Access to ${host} is granted`,
  reachable: ({ host }, { models }) =>
    models ? `${host} answers and lists ${models} models` : `${host} answers`,
  key: () => 'The key is accepted',
  model: ({ model }) => `The model ${model} is offered`,
  stream: (_context, { ttftMs }) =>
    ttftMs === undefined
      ? 'A reply streamed'
      : `A reply streamed, first token after ${Math.round(ttftMs)} ms`,
};

const again: Record<CheckName, string> = {
  address: 'Address: failed for the same reason',
  permission: 'Access: failed for the same reason',
  reachable: 'Server: failed for the same reason',
  key: 'Key: failed for the same reason',
  model: 'Model: failed for the same reason',
  stream: 'Reply: none came, for the same reason',
};

/** The lines of the test as they come: what one line said is not said again by the next. */
export function addLine(lines: readonly CheckLine[], check: Check, context: CheckContext): CheckLine[] {
  const line = lineFor(check, context);
  const said = line.outcome === 'failed' && lines.some(({ code }) => code === line.code);
  return [...lines, said ? { name: line.name, outcome: line.outcome, text: again[line.name] } : line];
}

/** One line of the test as a person reads it. */
export function lineFor(check: Check, context: CheckContext): CheckLine {
  const { name, outcome, trouble, detail } = check;
  if (outcome === 'ok') return { name, outcome, text: ok[name](context, detail ?? {}) };
  if (outcome === 'skipped') return { name, outcome, text: skipped[name] };
  const cause: Trouble = trouble ?? { code: 'unknown', message: '' };
  const words = wordsFor(cause, context);
  return {
    name,
    outcome,
    text: words.title,
    code: cause.code,
    hint: words.hint ?? remedyFor(cause.code, words.action),
    ...(cause.message && cause.message !== words.hint ? { details: cause.message } : {}),
  };
}

// Where the words have no hint of their own, the action's button would say what to do; here there is none, so it is said.
function remedyFor(code: ErrorCode, action: TroubleAction): string {
  if (code === 'no-key') return 'Paste a key above.';
  if (code === 'unauthorised') return 'Check the key above: copy it again from where it was made.';
  return remedies[action];
}

const remedies: Record<TroubleAction, string> = {
  'open-settings': 'Check the base URL and the key above.',
  grant: 'Press Test connection again and allow the access the browser asks about.',
  'choose-model': 'Choose a model from the list, or check how its name is spelled.',
  'new-chat': 'Try another model.',
  retry: 'Try again in a moment.',
  continue: 'Try again in a moment.',
  none: 'Try another model.',
};
