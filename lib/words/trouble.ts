// What a person reads when something went wrong. The wire carries codes; the words and the next action are chosen here.
import { BEGAN_ANEW, type ErrorCode, type Trouble } from '../engine/errors.ts';
import { findOwnTitle, named, titleFor } from './titles.ts';

export type TroubleAction =
  | 'open-settings'
  | 'retry'
  | 'grant'
  | 'choose-model'
  | 'new-chat'
  | 'continue'
  | 'none';

export interface Words {
  /** What happened: one sentence. */
  title: string;
  /** What helps, where the title and the action do not say it. */
  hint?: string;
  action: TroubleAction;
  /** The words of the action's button; absent where the action is `none`. */
  actionLabel?: string;
}

/** What our requests come from; where this is not read in the browser, any extension. */
function ownOrigin(): string {
  const { origin = '' } = globalThis.location ?? {};
  return /^[a-z]+-extension:/.test(origin) ? origin : 'chrome-extension://*';
}

type Row = [action: TroubleAction, actionLabel?: string, hint?: string];

// HOST is the server's name where it is known. Without a second entry the action's usual label is used.
const table: Record<ErrorCode, Row> = {
  'no-key': ['open-settings'],
  'bad-url': ['open-settings', 'Edit base URL'],
  permission: ['grant'],
  offline: ['retry', '', 'Connect to the internet, then try again.'],
  network: ['retry', '', 'Check the connection, the base URL and that the server runs.'],
  redirect: [
    'open-settings',
    'Edit base URL',
    'The key is not sent along. Enter the new address as base URL if you trust it.',
  ],
  'not-an-api': ['open-settings', 'Check base URL', 'The base URL often ends with /v1.'],
  unauthorised: ['open-settings', 'Check key'],
  forbidden: ['open-settings', 'Check key', 'The key may lack rights to this model.'],
  'origin-refused': ['retry', '', `For Ollama, set OLLAMA_ORIGINS=${ownOrigin()} and restart it.`],
  quota: ['retry', '', 'Add credit on the billing page of HOST.'],
  'rate-limited': ['retry', '', 'Wait a moment, then try again.'],
  'model-not-found': ['choose-model'],
  'not-found': ['open-settings', 'Check base URL', 'The base URL often ends with /v1.'],
  'too-long': ['new-chat', '', 'Shorten the text or start a new chat.'],
  'bad-request': ['retry', '', 'Details has the words of the server.'],
  'content-filter': ['none', '', 'Ask in other words.'],
  server: ['retry'],
  overloaded: ['retry', '', 'Wait a moment, then try again.'],
  'timeout-connect': ['retry'],
  'timeout-first-token': ['retry'],
  'timeout-idle': ['continue'],
  'timeout-total': ['continue'],
  interrupted: ['continue'],
  'bad-data': ['retry'],
  'too-large': ['none'],
  aborted: ['retry'],
  'worker-gone': ['retry'],
  storage: ['retry', '', 'Free some disk space, then try again.'],
  tool: ['retry'],
  unknown: ['retry', '', 'Details says what.'],
};

const labels: Partial<Record<TroubleAction, string>> = {
  'open-settings': 'Open settings',
  retry: 'Retry',
  grant: 'Grant access',
  'choose-model': 'Choose model',
  'new-chat': 'New chat',
  continue: 'Continue',
};

/** The words for a trouble. `host` is the server asked, as "api.example.com"; without it they say "the server". */
export function wordsFor(trouble: Trouble, context: { host?: string } = {}): Words {
  const [action, ownLabel, usualHint] = table[trouble.code];
  const own = findOwnTitle(trouble);
  const hint = ownHint(trouble) ?? (own === undefined ? usualHint : undefined);
  const actionLabel = ownLabel || labels[action];
  return {
    title: titleFor(trouble, context.host),
    action,
    ...(hint ? { hint: named(hint, context.host) } : {}),
    ...(actionLabel ? { actionLabel } : {}),
  };
}

function ownHint(trouble: Trouble): string | undefined {
  // Our own sentence about what is wrong with the address; no other message is a headline, servers write them.
  if (trouble.code === 'bad-url') return trouble.message;
  if (trouble.message === BEGAN_ANEW) return `${BEGAN_ANEW} Retry puts a new answer in place of this one.`;
  if (trouble.code === 'rate-limited' && trouble.retryAfterMs)
    return `It asks to wait ${waitWords(trouble.retryAfterMs)}.`;
  return undefined;
}

/** A wait in the coarsest unit that is still true: "8 s", "3 min", "2 h". Rounded up. */
export function waitWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 3600)} h`;
}
