// What to do about a line of the connection test that failed: as exact as a person can use it.
import type { ErrorCode, Trouble } from '../engine/errors.ts';
import { isLoopback } from '../settings/base-url.ts';
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

export const collectedHint =
  'Something between here and the model collects the reply before it passes it on. Behind nginx set proxy_buffering off; for other proxies look for buffering or compression of text/event-stream, and switch it off for this address.';

export function hintsFor(
  trouble: Trouble,
  words: Words,
  { baseUrl, host, origin }: Place,
  better: string | undefined,
): Hints {
  const { protocol, hostname } = new URL(baseUrl);
  if (better) return { hint: `The same server does answer as an API at ${better}`, better };
  if (trouble.code === 'origin-refused')
    return {
      hint: 'Ollama: start it with this environment variable (macOS: launchctl setenv, then start it again; Linux: systemctl edit ollama; Windows: environment variables of your account). Other servers: allow this origin (CORS).',
      command: `OLLAMA_ORIGINS=${origin}`,
    };
  if (trouble.code === 'network' && isLoopback(hostname))
    return { hint: `Nothing answers at ${host}. Start the server, and compare the port.` };
  if (trouble.code === 'network' && protocol === 'https:')
    return {
      hint: 'Open the address in a tab. If the browser warns about the certificate there, it refuses it here as well: have this computer trust it. If nothing opens, check the address, the network, a VPN or a proxy.',
      link: new URL(baseUrl).origin,
    };
  return { hint: words.hint ?? remedyFor(trouble.code, words.action) };
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
