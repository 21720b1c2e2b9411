// What to do about a line of the connection test that failed: as exact as a person can use it.
import type { ErrorCode, Trouble } from '../engine/errors.ts';
import { isLoopback } from '../settings/base-url.ts';
import { type MessageName, say } from '../words/say.ts';
import type { TroubleAction, Words } from '../words/trouble.ts';

export interface Hints {
  hint: string;
  command?: string;
  link?: string;
  better?: string;
}

interface Place {
  baseUrl: string;
  host: string;
  origin: string;
}

export function hintsFor(
  trouble: Trouble,
  words: Words,
  { baseUrl, host, origin }: Place,
  better: string | undefined,
): Hints {
  const { protocol, hostname } = new URL(baseUrl);
  if (better) return { hint: say('betterHint', better), better };
  if (trouble.code === 'origin-refused')
    return {
      hint: say('originHint'),
      command: `OLLAMA_ORIGINS=${origin}`,
    };
  if (trouble.code === 'network' && isLoopback(hostname)) return { hint: say('nobodyHint', host) };
  if (trouble.code === 'network' && protocol === 'https:')
    return {
      hint: say('certificateHint'),
      link: new URL(baseUrl).origin,
    };
  return { hint: words.hint ?? remedyFor(trouble.code, words.action) };
}

// Where the words have no hint of their own, the action's button would say what to do; here there is none, so it is said.
function remedyFor(code: ErrorCode, action: TroubleAction): string {
  if (code === 'no-key') return say('remedy_noKey');
  if (code === 'unauthorised') return say('remedy_unauthorised');
  return say(remedies[action]);
}

const remedies: Record<TroubleAction, MessageName> = {
  'open-settings': 'remedy_settings',
  grant: 'remedy_grant',
  'choose-model': 'remedy_model',
  'new-chat': 'remedy_otherModel',
  retry: 'remedy_retry',
  continue: 'remedy_retry',
  none: 'remedy_otherModel',
};
