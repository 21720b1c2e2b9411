// One run of in-page translation: what is known already is written at once, the rest is asked for in batches, a few at a time, each
// streamed back as it comes. It ends with its document. A large one is only estimated until a person has confirmed it.
import { BEGAN_ANEW, StreamError, type Trouble } from '../engine/errors.ts';
import type { Segment, SegmentEvent } from '../protocol/contract.ts';
import { groupSegments } from '../translate/batch.ts';
import { type Language, languageChoices, nameInWords } from '../translate/languages.ts';
import type { TranslationWishes } from '../translate/prompt.ts';
import type { JobDeps } from './chat-job.ts';
import { type Estimate, estimateTranslation, type Price } from './estimate.ts';
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
  wishesFor(language: Language): Promise<RunWishes>;
  /** What a model costs; undefined where that is not known. */
  findPrice(baseUrl: string, model: string): Promise<Price | undefined>;
};

export interface RunWishes extends TranslationWishes {
  language: Language;
  /** Requests that may run at once. */
  atOnce: number;
  /** Tokens above which a person is asked first; 0 for never. */
  confirmAbove: number;
  /** The languages used last, the latest first. */
  recent: readonly Language[];
}

export interface TranslateInput {
  segments: readonly Segment[];
  language: Language;
  /** A person has seen the estimate. */
  isConfirmed?: true | undefined;
  /** Called once, before anything is written or sent; where it rejects nothing is. */
  begin(): Promise<void>;
}

export interface Translated {
  /** The segments that did not end well. */
  unfinished: readonly Segment[];
  /** Where nothing was done, because a person is to confirm this first. */
  estimate?: Estimate;
}

/** Translates segments. @throws StreamError when nothing can be asked at all. */
export async function translateSegments(
  deps: TranslateDeps,
  { segments, language, isConfirmed, begin }: TranslateInput,
  post: (event: SegmentEvent) => void,
  signal: AbortSignal,
): Promise<Translated> {
  const release = deps.keepAwake();
  try {
    const [connection, wishes] = await Promise.all([deps.expectConnection(), deps.wishesFor(language)]);
    const { tag, dir } = language;
    const name = nameInWords(language);
    post({ type: 'language', tag, dir, name, choices: languageChoices(language, wishes.recent) });
    const run = new TranslationRun({ deps, connection, wishes, signal }, segments, post);
    const mostTokens = estimateTranslation(groupUnknown(run.unknown(), wishes.atOnce), wishes).tokens;
    const isSmall = isConfirmed || wishes.confirmAbove === 0 || mostTokens <= wishes.confirmAbove;
    if (isSmall) await begin();
    await run.findKnown(language, isSmall);
    const groups = groupUnknown(run.unknown(), wishes.atOnce);
    if (!isSmall) {
      const price = await deps.findPrice(connection.baseUrl, connection.model).catch(() => undefined);
      const estimate = estimateTranslation(groups, wishes, price);
      if (estimate.tokens > wishes.confirmAbove) return { unfinished: segments, estimate };
      await begin();
    }
    run.writeKnown();
    if (groups.length > 0 && !deps.isOnline()) throw new StreamError('offline', 'This computer is offline.');
    await askAll(run, groups, wishes.atOnce);
    return { unfinished: run.unfinished() };
  } finally {
    release();
  }
}

/** What is gone on with, and what was cut out of a longer text, has a request of its own, and comes first: it is half on screen. */
function groupUnknown(segments: readonly Segment[], atOnce: number): Segment[][] {
  const isAlone = ({ begun, context }: Segment) => begun !== undefined || context !== undefined;
  const others = segments.filter((segment) => !isAlone(segment));
  return [...single(segments.filter(isAlone)), ...groupSegments(others, 2 * atOnce)];
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

async function askAll(run: TranslationRun, groups: readonly Segment[][], atOnce: number): Promise<void> {
  const queue = [...groups];
  let stopped: Trouble | null = null;
  const work = async () => {
    for (let group = queue.shift(); group; group = queue.shift()) {
      if (stopped) {
        run.fail(group, stopped);
        continue;
      }
      const { missing, trouble } = await run.ask(group);
      if (missing.length === 0) continue;
      if (trouble?.message === BEGAN_ANEW && group[0]?.begun !== undefined) {
        queue.unshift(run.askAgain(missing));
      } else if (trouble) {
        run.fail(missing, trouble);
        if (FINAL_FOR_ALL.has(trouble.code) || run.isStopped) stopped = trouble;
      } else if (group.length === 1) run.fail(missing, EMPTY);
      else {
        // A model that does not keep the batch's marks is asked for one after the other, and for the rest as well.
        queue.unshift(...single(run.askAgain(missing)));
        if (missing.length * 2 > group.length) queue.push(...queue.splice(0).flatMap(single));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const single = (group: readonly Segment[]): Segment[][] => group.map((segment) => [segment]);

const EMPTY: Trouble = { code: 'bad-data', message: 'The model answered with nothing.' };
