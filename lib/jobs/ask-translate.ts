// A page script's `translate` request: paid for with a grant, and bound to the life of its document.
import { StreamError, toTrouble } from '../engine/errors.ts';
import type { Segment, SegmentEvent } from '../protocol/contract.ts';
import type { TranslationEnd } from '../protocol/page.ts';
import type { Language } from '../translate/languages.ts';
import { estimateWords } from './estimate.ts';
import type { GrantRecord } from './grant-record.ts';
import type { Grants } from './grants.ts';
import type { PageLimits } from './page-limits.ts';
import type { PageRuns } from './page-runs.ts';
import { withTitle } from './page-trouble.ts';
import { type TranslateDeps, translateSegments } from './translate-job.ts';

export interface AskTranslateDeps extends TranslateDeps {
  grants: Grants;
  runs: PageRuns;
  limits: Pick<PageLimits, 'take'>;
  /** The language to write in; without a tag the usual one. Rejects for one that is not offered. */
  expectLanguage(tag: string | undefined): Promise<Language>;
  /** A run in this language begins. */
  tookLanguage(tag: string): Promise<void>;
  /** The address of the server that is asked, to name it in what is said; any text where it is not known. */
  baseUrl(): Promise<string>;
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

interface Asked {
  segments: Segment[];
  language?: string | undefined;
  isConfirmed?: true | undefined;
}

const SETUP: ReadonlySet<string> = new Set(['no-key', 'bad-url', 'permission']);

/** Never rejects: what went wrong is in the end that it resolves with. */
export async function askTranslate(
  deps: AskTranslateDeps,
  request: Asked,
  page: Page,
): Promise<TranslationEnd> {
  try {
    const { tabId, frameId, documentId } = page.sender;
    const document = `${tabId}/${frameId}/${documentId}`;
    const language = await deps.expectLanguage(request.language);
    await deps.runs.settled(document);
    const run = await deps.grants.spend(page.sender, countChars(request.segments), language.tag);
    const over = deps.runs.begin(document, AbortSignal.any([page.stopped, page.left]));
    return await translate(deps, { ...request, language }, page, run).finally(over);
  } catch (error) {
    return { trouble: withTitle(toTrouble(error), await deps.baseUrl().catch(() => '')) };
  }
}

async function translate(
  deps: AskTranslateDeps,
  request: { segments: Segment[]; language: Language; isConfirmed?: true | undefined },
  page: Page,
  run: GrantRecord,
): Promise<TranslationEnd> {
  const { segments, language } = request;
  const signal = AbortSignal.any([page.stopped, page.left]);
  const all = countChars(segments);
  // What is not asked for is not used up either.
  let left = all;
  const begin = async () => {
    // What has begun is sent along.
    const begun = segments.reduce((sum, segment) => sum + (segment.begun?.length ?? 0), 0);
    await deps.limits.take(page.sender.tabId, all + begun);
    // A full storage costs the menu item and the memory of the language, not the translation.
    if (page.sender.url) deps.offerOriginal(page.sender.url).catch(() => {});
    deps.tookLanguage(language.tag).catch(() => {});
  };
  try {
    const { unfinished, estimate } = await translateSegments(deps, { ...request, begin }, page.post, signal);
    // A page that stopped or was left has not heard of the blocks that ended last, and will ask for them too.
    if (!signal.aborted) left = countChars(unfinished);
    return estimate ? { estimate: estimateWords(estimate) } : {};
  } catch (error) {
    if (error instanceof StreamError && SETUP.has(error.code))
      await deps.openSetup(page.sender.tabId).catch(() => {});
    throw error;
  } finally {
    // Only a document with a name can be told from the next one in its frame when it comes back from the back/forward cache.
    if (!page.left.aborted || page.sender.documentId !== undefined) deps.grants.settle(run, left);
    else deps.grants.drop(run);
  }
}

function countChars(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + text.length, 0);
}
