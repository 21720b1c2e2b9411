import type { Trouble } from '../engine/errors.ts';
import type { PageTrouble } from '../protocol/page.ts';
import { titleFor } from '../words/titles.ts';

/** A trouble with the words for it, for a page script, which has none. `baseUrl` is that of the server asked; anything else names none. */
export function withTitle(trouble: Trouble, baseUrl: string): PageTrouble {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : undefined;
  return { ...trouble, title: titleFor(trouble, host || undefined) };
}
