// A page script's `translate` request: paid for with a grant, and bound to the life of its document.
import { StreamError } from '../engine/errors.ts';
import type { Segment, SegmentEvent } from '../protocol/contract.ts';
import type { Language } from '../translate/languages.ts';
import type { Grants } from './grants.ts';
import { type TranslateDeps, translateSegments } from './translate-job.ts';

export interface AskTranslateDeps extends TranslateDeps {
  grants: Grants;
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
  await deps.grants.spend(page.sender, countChars(request.segments));
  if (page.sender.url) void deps.offerOriginal(page.sender.url);
  const language = await deps.expectLanguage(request.language);
  const signal = AbortSignal.any([page.stopped, page.left]);
  const failed = await translateSegments(deps, request.segments, language, page.post, signal).catch(
    async (error: unknown) => {
      if (error instanceof StreamError && SETUP.has(error.code)) await deps.openSetup(page.sender.tabId);
      deps.grants.mintRetry(page.sender, countChars(request.segments));
      throw error;
    },
  );
  if (failed.length > 0 && !page.left.aborted) deps.grants.mintRetry(page.sender, countChars(failed));
  return null;
}

function countChars(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + text.length, 0);
}
