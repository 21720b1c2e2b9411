// A page script's `translate` request: paid for with a grant, and bound to the life of its document.
import { StreamError } from '../engine/errors.ts';
import type { Segment, SegmentEvent } from '../protocol/contract.ts';
import type { Language } from '../translate/languages.ts';
import type { Grants } from './grants.ts';
import type { PageLimits } from './page-limits.ts';
import { type TranslateDeps, translateSegments } from './translate-job.ts';

export interface AskTranslateDeps extends TranslateDeps {
  grants: Grants;
  limits: Pick<PageLimits, 'take'>;
  expectLanguage(tag: string | undefined): Promise<Language>;
  /** Leads the user to where the missing key, address or permission can be given. */
  openSetup(fromTabId: number | undefined): Promise<void>;
  offerOriginal(pageUrl: string): Promise<void>;
}

interface Page {
  sender: {
    tabId: number | undefined;
    frameId: number | undefined;
    documentId: string | undefined;
    url: string | undefined;
  };
  post(event: SegmentEvent): void;
  stopped: AbortSignal;
  left: AbortSignal;
}

const SETUP: ReadonlySet<string> = new Set(['no-key', 'bad-url', 'permission']);

export async function askTranslate(
  deps: AskTranslateDeps,
  request: { segments: Segment[]; language?: string },
  page: Page,
): Promise<null> {
  const all = countChars(request.segments);
  const run = await deps.grants.spend(page.sender, all);
  try {
    await deps.limits.take(page.sender.tabId, all);
  } catch (error) {
    // The right to ask is not used up: the limit passes.
    deps.grants.settle(run, all);
    throw error;
  }
  // A full storage costs the menu item, not the translation.
  if (page.sender.url) deps.offerOriginal(page.sender.url).catch(() => {});
  const signal = AbortSignal.any([page.stopped, page.left]);
  let left = all;
  try {
    const language = await deps.expectLanguage(request.language);
    const failed = await translateSegments(deps, request.segments, language, page.post, signal);
    // A page that stopped or was left has not heard of the blocks that ended last, and will ask for them too.
    if (!signal.aborted) left = countChars(failed);
    return null;
  } catch (error) {
    if (error instanceof StreamError && SETUP.has(error.code))
      await deps.openSetup(page.sender.tabId).catch(() => {});
    throw error;
  } finally {
    // Only a document with a name can be told from the next one in its frame when it comes back from the back/forward cache.
    const mayReturn = !page.left.aborted || page.sender.documentId !== undefined;
    deps.grants.settle(run, mayReturn ? left : 0);
  }
}

function countChars(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + text.length, 0);
}
