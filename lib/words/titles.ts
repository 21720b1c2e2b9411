// What happened, in one sentence for each error code. Apart from what helps (trouble.ts), because the worker tells page scripts this much.
import {
  type ErrorCode,
  GRANT_WORDS,
  LIMIT_WORDS,
  type Trouble,
  WORKER_ENDED,
  WORKER_ENDED_BETWEEN,
} from '../engine/errors.ts';
import { type MessageName, say, wordsLanguage } from './say.ts';

type Snake<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}_${Snake<Tail>}` : S;

/** What happened. `host` is the server asked, as "api.example.com"; without it this says "the server". */
export function titleFor(trouble: Trouble, host: string | undefined): string {
  const name = `title_${trouble.code.replaceAll('-', '_')}` as `title_${Snake<ErrorCode>}`;
  return findOwnTitle(trouble) ?? sayOfServer(name, host);
}

/** The reasons that are our own doing, by the words that the wire carries. */
const OWN: ReadonlyMap<string, MessageName> = new Map([
  [WORKER_ENDED, 'closedByBrowser'],
  [WORKER_ENDED_BETWEEN, 'closedByBrowser'],
  [LIMIT_WORDS.minute, 'limit_minute'],
  [LIMIT_WORDS.hour, 'limit_hour'],
  [LIMIT_WORDS.day, 'limit_day'],
  [GRANT_WORDS.none, 'grant_none'],
  [GRANT_WORDS.tooLong, 'grant_tooLong'],
]);

/** Where the reason is our own doing, and not the server's. */
export function findOwnTitle({ message }: Trouble): string | undefined {
  const name = OWN.get(message);
  return name && say(name);
}

/** A message whose $1 is the server; where nobody knows its name, "the server", which may begin the sentence. */
export function sayOfServer(name: MessageName, host: string | undefined): string {
  if (host !== undefined) return say(name, host);
  const server = say('theServer');
  const sentence = say(name, server);
  return sentence.startsWith(server)
    ? sentence.charAt(0).toLocaleUpperCase(wordsLanguage()) + sentence.slice(1)
    : sentence;
}
