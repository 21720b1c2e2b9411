import type { Trouble } from '../engine/errors.ts';
import type { PageTrouble } from '../protocol/page.ts';
import { wordsFor } from '../words/trouble.ts';

/** A trouble with the words for it, for a page script, which has none. `baseUrl` is that of the server asked; anything else names none. */
export function withTitle(trouble: Trouble, baseUrl: string): PageTrouble {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : '';
  return { ...trouble, title: wordsFor(trouble, host === '' ? {} : { host }).title };
}
