// One request for one segment or a batch of them, streamed to its segments as it comes.
import { BEGAN_ANEW, StreamError, type Trouble, toTrouble } from '../engine/errors.ts';
import { defaultRetryPolicy } from '../engine/retry.ts';
import { runTurn } from '../engine/run-turn.ts';
import { createThinkSplitter } from '../engine/think.ts';
import type { ChatRequest } from '../engine/types.ts';
import type { Segment } from '../protocol/contract.ts';
import { findBatch } from '../translate/batch.ts';
import { hasMarks } from '../translate/marks.ts';
import { TRANSLATION_TEMPERATURE, translationMessages } from '../translate/prompt.ts';
import type { JobConnection } from './chat-job.ts';
import { Meter } from './meter.ts';
import type { RunWishes, TranslateDeps } from './translate-job.ts';

/** What a segment's translation is written to. */
export interface SegmentSink {
  text(id: number, text: string): void;
  done(id: number): void;
}

export interface Asked {
  /** The segments that did not come back whole. */
  missing: Segment[];
  /** Why; null where the model left them out of an answer that was complete. */
  trouble: Trouble | null;
}

export interface RequestInput {
  deps: TranslateDeps;
  connection: JobConnection;
  wishes: RunWishes;
  signal: AbortSignal;
}

/** Asks for `segments` in one request; one that has begun is gone on with, alone. Never rejects. */
export async function askFor(
  input: RequestInput,
  segments: readonly Segment[],
  sink: SegmentSink,
): Promise<Asked> {
  const { text, feed, isOver, end } = createReply(segments, sink);
  // Reasoning between tags is not part of the translation.
  const splitter = createThinkSplitter();
  const still = (ids: readonly number[]) => segments.filter(({ id }) => ids.includes(id));
  try {
    for await (const part of streamText(input, text, segments[0])) {
      feed(splitter.feed(part).text);
      // Leaving ends the request.
      if (isOver()) break;
    }
    feed(splitter.end().text);
    return { missing: still(end(true)), trouble: null };
  } catch (error) {
    return { missing: still(end(false)), trouble: toTrouble(error) };
  }
}

interface Reply {
  /** What is sent. */
  text: string;
  feed(text: string): void;
  /** Nothing that follows is of use. */
  isOver(): boolean;
  /** Returns the ids of what is not whole. */
  end(complete: boolean): number[];
}

function createReply(segments: readonly Segment[], sink: SegmentSink): Reply {
  const [first, ...others] = segments;
  const batch = others.length > 0 ? findBatch(segments) : undefined;
  if (!first) throw new StreamError('bad-request', 'There is nothing to translate.');
  if (batch) {
    const reader = batch.read({ onText: sink.text, onDone: sink.done });
    return {
      text: batch.text,
      feed: (text) => reader.feed(text),
      isOver: () => reader.isBroken,
      end: (complete) => reader.end(complete),
    };
  }
  // What has begun may be at its end already.
  let isEmpty = first.begun === undefined;
  return {
    text: first.text,
    feed(text) {
      if (text === '') return;
      isEmpty = false;
      sink.text(first.id, text);
    },
    isOver: () => false,
    end(complete) {
      if (!complete || isEmpty) return [first.id];
      sink.done(first.id);
      return others.map(({ id }) => id);
    },
  };
}

/** `segment` is the first one: alone where it has `begun`, which yields what comes after that, or context. @throws StreamError `interrupted` with BEGAN_ANEW where the model starts over instead */
async function* streamText(
  input: RequestInput,
  text: string,
  segment: Segment | undefined,
): AsyncGenerator<string, void, undefined> {
  const { deps, connection, wishes, signal } = input;
  const { begun, context } = segment ?? {};
  const dialect = deps.dialectFor(connection.baseUrl);
  const request: ChatRequest = {
    model: connection.model,
    messages: translationMessages(text, wishes, hasMarks(text), context),
    temperature: TRANSLATION_TEMPERATURE,
    reasoning: 'low',
  };
  const meter = new Meter(request);
  const turn = runTurn({
    url: dialect.chatUrl(connection.baseUrl),
    headers: dialect.headers(connection.key),
    secret: connection.key,
    retry: { ...defaultRetryPolicy, retries: connection.retries },
    continuations: connection.continuations,
    ...(begun === undefined ? {} : { partial: begun }),
    random: Math.random,
    request,
    dialect,
    refusals: deps.refusals,
    timeouts: connection.timeouts,
    fetch: meter.counting(deps.fetch),
    clock: deps.clock,
    signal,
  });
  try {
    for await (const step of turn) {
      meter.take(step);
      if (step.type !== 'batch') {
        // Asking once more to go on would bring the same; from its start it is a matter of course.
        if (begun !== undefined && step.trouble.message === BEGAN_ANEW)
          throw new StreamError('interrupted', BEGAN_ANEW);
        continue;
      }
      for (const event of step.events) if (event.type === 'text') yield event.text;
    }
  } finally {
    const { baseUrl, model } = connection;
    deps.used({ kind: 'translation', baseUrl, model, ...meter.end() });
  }
}
