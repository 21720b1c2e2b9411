// What a person reads when something went wrong. The wire carries codes; the words and the next action are chosen here. Page scripts
// carry none: the worker sends them the title.
import {
  BEGAN_ANEW,
  type ErrorCode,
  GRANT_WORDS,
  LIMIT_WORDS,
  type Trouble,
  WORKER_ENDED,
  WORKER_ENDED_BETWEEN,
} from '../engine/errors.ts';

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

type Row = [title: string, action: TroubleAction, actionLabel?: string, hint?: string];

// HOST is the server's name where it is known. Without a third entry the action's usual label is used.
const table: Record<ErrorCode, Row> = {
  'no-key': ['No API key is stored for HOST.', 'open-settings'],
  'bad-url': ['The base URL cannot be used.', 'open-settings', 'Edit base URL'],
  permission: ['The browser has not granted access to HOST.', 'grant'],
  offline: ['This computer is offline.', 'retry', '', 'Connect to the internet, then try again.'],
  network: [
    'HOST could not be reached.',
    'retry',
    '',
    'Check the connection, the base URL and that the server runs.',
  ],
  redirect: [
    'HOST sent the request on to another address.',
    'open-settings',
    'Edit base URL',
    'The key is not sent along. Enter the new address as base URL if you trust it.',
  ],
  'not-an-api': [
    'HOST answered, but not as a model API.',
    'open-settings',
    'Check base URL',
    'The base URL often ends with /v1.',
  ],
  unauthorised: ['HOST refused the key.', 'open-settings', 'Check key'],
  forbidden: [
    'HOST does not allow this request.',
    'open-settings',
    'Check key',
    'The key may lack rights to this model.',
  ],
  'origin-refused': [
    'HOST refuses requests from browser extensions.',
    'retry',
    '',
    'For Ollama, set OLLAMA_ORIGINS=chrome-extension://* and restart it.',
  ],
  quota: ['The account at HOST has no credit left.', 'retry', '', 'Add credit on the billing page of HOST.'],
  'rate-limited': ['HOST limits how often it can be asked.', 'retry', '', 'Wait a moment, then try again.'],
  'model-not-found': ['No model is chosen, or HOST does not offer it.', 'choose-model'],
  'not-found': [
    'Nothing was found at this address of HOST.',
    'open-settings',
    'Check base URL',
    'The base URL often ends with /v1.',
  ],
  'too-long': ['This is too long for the model.', 'new-chat', '', 'Shorten the text or start a new chat.'],
  'bad-request': ['HOST did not accept the request.', 'retry', '', 'Details has the words of the server.'],
  'content-filter': ['The content filter of HOST stopped the answer.', 'none', '', 'Ask in other words.'],
  server: ['HOST had an error of its own.', 'retry'],
  overloaded: ['HOST is overloaded.', 'retry', '', 'Wait a moment, then try again.'],
  'timeout-connect': ['HOST did not answer in time.', 'retry'],
  'timeout-first-token': ['The model did not begin to answer in time.', 'retry'],
  'timeout-idle': ['The answer stopped coming.', 'continue'],
  'timeout-total': ['The answer took too long and was ended.', 'continue'],
  interrupted: ['The connection broke before the end of the answer.', 'continue'],
  'bad-data': ['HOST sent an answer that cannot be read.', 'retry'],
  'too-large': ['The answer is too large and was cut.', 'none'],
  aborted: ['Stopped.', 'retry'],
  'worker-gone': ['The browser ended the background worker.', 'retry'],
  storage: ['The browser could not store this.', 'retry', '', 'Free some disk space, then try again.'],
  tool: ['A tool failed.', 'retry'],
  unknown: ['Something unexpected happened.', 'retry', '', 'Details says what.'],
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
  const [usualTitle, action, ownLabel, usualHint] = table[trouble.code];
  const own = ownTitle(trouble);
  const title = own ?? usualTitle;
  const hint = ownHint(trouble) ?? (own === undefined ? usualHint : undefined);
  const actionLabel = ownLabel || labels[action];
  return {
    title: named(title, context.host),
    action,
    ...(hint ? { hint: named(hint, context.host) } : {}),
    ...(actionLabel ? { actionLabel } : {}),
  };
}

/** Where the reason is our own doing, and not the server's. */
function ownTitle({ message }: Trouble): string | undefined {
  if (message === WORKER_ENDED || message === WORKER_ENDED_BETWEEN)
    return 'The browser closed Runnel before the end of the answer.';
  return [...Object.values(LIMIT_WORDS), ...Object.values(GRANT_WORDS)].find((words) => words === message);
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

function named(text: string, host: string | undefined): string {
  return text.replaceAll('HOST', host ?? 'the server').replace(/^the /, 'The ');
}
