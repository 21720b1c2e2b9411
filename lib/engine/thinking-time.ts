// How long a model thought before it answered, as far as can be told from what it sends.
import type { Stats } from './stats.ts';
import { createThinkSplitter } from './think.ts';
import type { StreamEvent } from './types.ts';

export interface ThinkingTime {
  /** Takes what arrived `elapsedMs` after the send. */
  take(events: readonly StreamEvent[], elapsedMs: number): void;
  /** Nothing more comes: thoughts that no answer followed end here. */
  end(elapsedMs: number): void;
}

/** Writes into `stats.thoughtMs` once the thoughts have ended; a turn that has the figure already keeps it. */
export function createThinkingTime(stats: Stats): ThinkingTime {
  // Some models write their thoughts into the answer, between tags.
  const splitter = createThinkSplitter();
  let since: number | undefined;
  let isOver = stats.thoughtMs !== undefined;
  const stop = (elapsedMs: number) => {
    if (since !== undefined) stats.thoughtMs = elapsedMs - since;
    isOver = true;
  };
  return {
    take(events, elapsedMs) {
      if (isOver) return;
      for (const event of events) {
        const { reasoning, text } =
          event.type === 'text'
            ? splitter.feed(event.text)
            : { reasoning: event.type === 'reasoning' ? event.text : '', text: '' };
        if (reasoning !== '') since ??= elapsedMs;
        if (text !== '' || event.type === 'tool-call' || event.type === 'refusal') return stop(elapsedMs);
      }
    },
    end: (elapsedMs) => {
      if (!isOver) stop(elapsedMs);
    },
  };
}
