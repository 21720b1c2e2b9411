// What a person reads when something went wrong. The wire carries codes; the words and the next action are chosen here.
import { BEGAN_ANEW, type ErrorCode, type Trouble, URL_WORDS } from '../engine/errors.ts';
import { type MessageName, say } from './say.ts';
import { findOwnTitle, sayOfServer, titleFor } from './titles.ts';

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

type Row = [action: TroubleAction, label?: MessageName | '', hint?: MessageName];

// Without a second entry the action's usual label is used.
const table: Record<ErrorCode, Row> = {
  'no-key': ['open-settings'],
  'bad-url': ['open-settings', 'action_editBaseUrl'],
  permission: ['grant'],
  offline: ['retry', '', 'hint_offline'],
  network: ['retry', '', 'hint_network'],
  redirect: ['open-settings', 'action_editBaseUrl', 'hint_redirect'],
  'not-an-api': ['open-settings', 'action_checkBaseUrl', 'hint_v1'],
  unauthorised: ['open-settings', 'action_checkKey'],
  forbidden: ['open-settings', 'action_checkKey', 'hint_forbidden'],
  'origin-refused': ['retry', '', 'hint_originRefused'],
  quota: ['retry', '', 'hint_quota'],
  'rate-limited': ['retry', '', 'hint_wait'],
  'model-not-found': ['choose-model'],
  'not-found': ['open-settings', 'action_checkBaseUrl', 'hint_v1'],
  'too-long': ['new-chat', '', 'hint_tooLong'],
  'bad-request': ['retry', '', 'hint_details'],
  'content-filter': ['none', '', 'hint_otherWords'],
  server: ['retry'],
  overloaded: ['retry', '', 'hint_wait'],
  'timeout-connect': ['retry'],
  'timeout-first-token': ['retry'],
  'timeout-idle': ['continue'],
  'timeout-total': ['continue'],
  interrupted: ['continue'],
  'bad-data': ['retry'],
  'too-large': ['none'],
  aborted: ['retry'],
  'worker-gone': ['retry'],
  storage: ['retry', '', 'hint_disk'],
  tool: ['retry'],
  unknown: ['retry', '', 'hint_unknown'],
};

const labels: Partial<Record<TroubleAction, MessageName>> = {
  'open-settings': 'action_openSettings',
  retry: 'retry',
  grant: 'action_grant',
  'choose-model': 'action_chooseModel',
  'new-chat': 'action_newChat',
  continue: 'goOn',
};

/** The words for a trouble. `host` is the server asked, as "api.example.com"; without it they say "the server". */
export function wordsFor(trouble: Trouble, { host }: { host?: string } = {}): Words {
  const [action, ownLabel, usualHint] = table[trouble.code];
  const isOwn = findOwnTitle(trouble) !== undefined;
  const hint = ownHint(trouble) ?? (usualHint && !isOwn ? hintFor(usualHint, host) : undefined);
  const label = ownLabel || labels[action];
  return {
    title: titleFor(trouble, host),
    action,
    ...(hint ? { hint } : {}),
    ...(label ? { actionLabel: say(label) } : {}),
  };
}

function hintFor(name: MessageName, host: string | undefined): string {
  return name === 'hint_originRefused' ? say(name, ownOrigin()) : sayOfServer(name, host);
}

/** What our requests come from; where this is not read in the browser, any extension. */
function ownOrigin(): string {
  const { origin = '' } = globalThis.location ?? {};
  return /^[a-z]+-extension:/.test(origin) ? origin : 'chrome-extension://*';
}

function ownHint(trouble: Trouble): string | undefined {
  // Our own sentence about what is wrong with the address; no other message is a headline, servers write them.
  if (trouble.code === 'bad-url') return sayUrlProblem(trouble.message);
  if (trouble.message === BEGAN_ANEW) return say('beganAnewHint');
  if (trouble.code === 'rate-limited' && trouble.retryAfterMs)
    return say('hint_askedToWait', waitWords(trouble.retryAfterMs));
  return undefined;
}

function sayUrlProblem(message: string): string {
  const name = (Object.keys(URL_WORDS) as (keyof typeof URL_WORDS)[]).find(
    (one) => URL_WORDS[one] === message,
  );
  return name ? say(`url_${name}`) : message;
}

/** A wait in the coarsest unit that is still true: "8 s", "3 min", "2 h". Rounded up. */
export function waitWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return say('seconds', seconds);
  if (seconds < 7200) return say('minutes', Math.ceil(seconds / 60));
  return say('hours', Math.ceil(seconds / 3600));
}
