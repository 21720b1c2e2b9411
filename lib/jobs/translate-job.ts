// One run of in-page translation: blocks of a page, a few at a time, each streamed back as it comes. It ends with its document.
import { StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import { defaultRetryPolicy } from '../engine/retry.ts';
import { runTurn } from '../engine/run-turn.ts';
import { createThinkSplitter } from '../engine/think.ts';
import type { Segment, SegmentEvent, SegmentState } from '../protocol/contract.ts';
import type { Language } from '../translate/languages.ts';
import { TRANSLATION_TEMPERATURE, translationMessages } from '../translate/prompt.ts';
import type { JobConnection, JobDeps } from './chat-job.ts';

const AT_ONCE = 3;

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

export type TranslateDeps = Pick<
  JobDeps,
  'expectConnection' | 'dialectFor' | 'refusals' | 'fetch' | 'clock' | 'isOnline' | 'keepAwake'
>;

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
    const connection = await deps.expectConnection();
    if (!deps.isOnline()) throw new StreamError('offline', 'This computer is offline.');
    post({ type: 'language', tag: language.tag, dir: language.dir, name: language.name });
    const queue = [...segments];
    const failed: Segment[] = [];
    let stopped: Trouble | null = null;
    const work = async () => {
      for (let segment = queue.shift(); segment; segment = queue.shift()) {
        const trouble = stopped ?? (await translateOne(deps, connection, segment, language, post, signal));
        if (!trouble) continue;
        failed.push(segment);
        if (stopped) post({ type: 'segment', id: segment.id, state: 'failed', trouble: stopped });
        else if (FINAL_FOR_ALL.has(trouble.code) || signal.aborted) stopped = trouble;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return failed;
  } finally {
    release();
  }
}

async function translateOne(
  deps: TranslateDeps,
  connection: JobConnection,
  segment: Segment,
  language: Language,
  post: (event: SegmentEvent) => void,
  signal: AbortSignal,
): Promise<Trouble | null> {
  const dialect = deps.dialectFor(connection.baseUrl);
  let started = false;
  // Reasoning between tags is not part of the translation.
  const splitter = createThinkSplitter();
  const write = (text: string) => {
    if (text === '') return;
    post({ type: 'segment', id: segment.id, text, ...(started ? {} : { state: 'streaming' }) });
    started = true;
  };
  const end = (state: SegmentState, trouble: Trouble | null) => {
    post({ type: 'segment', id: segment.id, state, ...(trouble ? { trouble } : {}) });
    return trouble;
  };
  try {
    const turn = runTurn({
      url: dialect.chatUrl(connection.baseUrl),
      headers: dialect.headers(connection.key),
      secret: connection.key,
      retry: { ...defaultRetryPolicy, retries: connection.retries },
      continuations: connection.continuations,
      random: Math.random,
      request: {
        model: connection.model,
        messages: translationMessages(segment.text, language, /<\d+\/?>/.test(segment.text)),
        temperature: TRANSLATION_TEMPERATURE,
      },
      dialect,
      refusals: deps.refusals,
      timeouts: connection.timeouts,
      fetch: deps.fetch,
      clock: deps.clock,
      signal,
    });
    for await (const step of turn) {
      if (step.type !== 'batch') continue;
      for (const event of step.events) if (event.type === 'text') write(splitter.feed(event.text).text);
    }
    write(splitter.end().text);
    return started ? end('done', null) : end('failed', EMPTY);
  } catch (error) {
    return end(started ? 'partial' : 'failed', toTrouble(error));
  }
}

const EMPTY: Trouble = { code: 'bad-data', message: 'The model answered with nothing.' };
