// What happened, in one sentence for each error code. Apart from what helps (trouble.ts), because the worker tells page scripts this much.
import {
  type ErrorCode,
  GRANT_WORDS,
  LIMIT_WORDS,
  type Trouble,
  WORKER_ENDED,
  WORKER_ENDED_BETWEEN,
} from '../engine/errors.ts';

// HOST is the server's name where it is known.
const titles: Record<ErrorCode, string> = {
  'no-key': 'No API key is stored for HOST.',
  'bad-url': 'The base URL cannot be used.',
  permission: 'The browser has not granted access to HOST.',
  offline: 'This computer is offline.',
  network: 'HOST could not be reached.',
  redirect: 'HOST sent the request on to another address.',
  'not-an-api': 'HOST answered, but not as a model API.',
  unauthorised: 'HOST refused the key.',
  forbidden: 'HOST does not allow this request.',
  'origin-refused': 'HOST refuses requests from browser extensions.',
  quota: 'The account at HOST has no credit left.',
  'rate-limited': 'HOST limits how often it can be asked.',
  'model-not-found': 'No model is chosen, or HOST does not offer it.',
  'not-found': 'Nothing was found at this address of HOST.',
  'too-long': 'This is too long for the model.',
  'bad-request': 'HOST did not accept the request.',
  'content-filter': 'The content filter of HOST stopped the answer.',
  server: 'HOST had an error of its own.',
  overloaded: 'HOST is overloaded.',
  'timeout-connect': 'HOST did not answer in time.',
  'timeout-first-token': 'The model did not begin to answer in time.',
  'timeout-idle': 'The answer stopped coming.',
  'timeout-total': 'The answer took too long and was ended.',
  interrupted: 'The connection broke before the end of the answer.',
  'bad-data': 'HOST sent an answer that cannot be read.',
  'too-large': 'The answer is too large and was cut.',
  aborted: 'Stopped.',
  'worker-gone': 'The browser ended the background worker.',
  storage: 'The browser could not store this.',
  tool: 'A tool failed.',
  unknown: 'Something unexpected happened.',
};

/** What happened. `host` is the server asked, as "api.example.com"; without it this says "the server". */
export function titleFor(trouble: Trouble, host: string | undefined): string {
  return named(findOwnTitle(trouble) ?? titles[trouble.code], host);
}

/** Where the reason is our own doing, and not the server's. */
export function findOwnTitle({ message }: Trouble): string | undefined {
  if (message === WORKER_ENDED || message === WORKER_ENDED_BETWEEN)
    return 'The browser closed Runnel before the end of the answer.';
  return [...Object.values(LIMIT_WORDS), ...Object.values(GRANT_WORDS)].find((words) => words === message);
}

export function named(text: string, host: string | undefined): string {
  return text.replaceAll('HOST', host ?? 'the server').replace(/^the /, 'The ');
}
