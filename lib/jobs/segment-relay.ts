// Sends what comes for the segments of a page in few messages: each one wakes the page, which draws less often than tokens come. What a
// reader waits for, first words and ends, is not held back.
import type { Clock } from '../engine/timeouts.ts';
import type { SegmentEvent, SegmentEvents } from '../protocol/page.ts';

/** About two frames: a page writes no oftener. */
const HOLD_MS = 32;

export interface SegmentRelay {
  post(event: SegmentEvent): void;
  /** Sends what is held. */
  flush(): void;
}

export function createSegmentRelay(
  post: (event: SegmentEvents) => void,
  after: Clock['after'],
): SegmentRelay {
  let held: SegmentEvent[] = [];
  let isHolding = false;
  const flush = (): void => {
    const events = held;
    held = [];
    if (events.length > 0) post({ type: 'segments', events });
  };
  const hold = (): void => {
    isHolding = true;
    after(HOLD_MS, () => {
      isHolding = false;
      if (held.length === 0) return;
      flush();
      hold();
    });
  };
  let isSoon = false;
  return {
    post(event) {
      add(held, event);
      const isMoreText = event.type === 'segment' && event.state === undefined;
      if (isSoon || (isHolding && isMoreText)) return;
      // What was said at once goes at once: all that the cache has is one message.
      isSoon = true;
      queueMicrotask(() => {
        isSoon = false;
        flush();
        if (!isHolding) hold();
      });
    },
    flush,
  };
}

/** Text for the same segment is one event; order between segments means nothing. */
function add(held: SegmentEvent[], event: SegmentEvent): void {
  const last = held.at(-1);
  const joins =
    event.type === 'segment' &&
    event.state === undefined &&
    event.trouble === undefined &&
    last?.type === 'segment' &&
    last.id === event.id &&
    last.text !== undefined &&
    last.state === undefined;
  if (joins) held[held.length - 1] = { ...last, text: `${last.text}${event.text ?? ''}` };
  else held.push(event);
}
