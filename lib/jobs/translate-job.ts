// One run of in-page translation: what is known already is written at once, the rest is asked for in batches, a few at a time, each
// streamed back as it comes. It ends with its document.
import { StreamError, type Trouble } from '../engine/errors.ts';
import type { Segment, SegmentEvent } from '../protocol/contract.ts';
import { groupSegments } from '../translate/batch.ts';
import type { Language } from '../translate/languages.ts';
import type { TranslationWishes } from '../translate/prompt.ts';
import type { JobDeps } from './chat-job.ts';
import { TranslationRun } from './translation-run.ts';

export type TranslateDeps = Pick<
  JobDeps,
  'expectConnection' | 'dialectFor' | 'refusals' | 'fetch' | 'clock' | 'isOnline' | 'keepAwake'
> & {
  /** Translations that were paid for before, by key. */
  cache: {
    find(keys: readonly string[]): Promise<Map<string, string>>;
    put(key: string, text: string): Promise<void>;
    keyOf(parts: readonly string[]): Promise<string>;
  };
  /** The language a text is surely written in, as a BCP 47 tag; undefined where that is not sure. */
  detectLanguage(text: string): Promise<string | undefined>;
  /** How the user wants texts in this language. */
  wishesFor(language: Language): Promise<TranslationWishes & { atOnce: number }>;
};

/**
 * Translates `segments`; resolves with those that did not end well.
 * @throws StreamError when nothing can be asked at all.
 */
export async function translateSegments(
  deps: TranslateDeps,
  segments: readonly Segment[],
  language: Language,
  post: (event: SegmentEvent) => void,
  signal: AbortSignal,
): Promise<Segment[]> {
  const release = deps.keepAwake();
  try {
    const [connection, wishes] = await Promise.all([deps.expectConnection(), deps.wishesFor(language)]);
    post({ type: 'language', tag: language.tag, dir: language.dir, name: language.name });
    const run = new TranslationRun({ deps, connection, wishes, signal }, segments, post);
    await run.takeKnown(language);
    const unknown = run.unknown();
    if (unknown.length > 0 && !deps.isOnline()) throw new StreamError('offline', 'This computer is offline.');
    await askAll(run, unknown, wishes.atOnce);
    return run.unfinished();
  } finally {
    release();
  }
}

/** After one of these every other block would fail the same way, so none is asked for. */
const FINAL_FOR_ALL: ReadonlySet<Trouble['code']> = new Set([
  'no-key',
  'bad-url',
  'permission',
  'offline',
  'network',
  'redirect',
  'not-an-api',
  'unauthorised',
  'forbidden',
  'origin-refused',
  'quota',
  'model-not-found',
  'not-found',
]);

async function askAll(run: TranslationRun, segments: readonly Segment[], atOnce: number): Promise<void> {
  const queue = groupSegments(segments, 2 * atOnce);
  let stopped: Trouble | null = null;
  const work = async () => {
    for (let group = queue.shift(); group; group = queue.shift()) {
      if (stopped) {
        run.fail(group, stopped);
        continue;
      }
      const { missing, trouble } = await run.ask(group);
      if (missing.length === 0) continue;
      if (trouble) {
        run.fail(missing, trouble);
        if (FINAL_FOR_ALL.has(trouble.code) || run.isStopped) stopped = trouble;
      } else if (group.length === 1) run.fail(missing, EMPTY);
      else {
        // A model that does not keep the batch's marks is asked for one after the other, and for the rest as well.
        run.askAgain(missing);
        queue.unshift(...missing.map((segment) => [segment]));
        if (missing.length * 2 > group.length) queue.push(...queue.splice(0).flatMap(single));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const single = (group: readonly Segment[]): Segment[][] => group.map((segment) => [segment]);

const EMPTY: Trouble = { code: 'bad-data', message: 'The model answered with nothing.' };
