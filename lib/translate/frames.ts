// One write for everything that a run brings, in a frame of the page. A hidden page gets no frames; a timer stands in for them.

/** Between two frames even of a slow screen; a page that shows frames never waits for it. */
const HIDDEN_MS = 120;
/** Between two writes: every second frame of most screens. Nobody reads faster. */
const PACE_MS = 24;
/** At first: what is known already comes sooner, and then nothing was marked as waiting. */
const QUIET_MS = 80;
/** What a write costs, layout and drawing of the whole block with it, is at most this part of the time, on a page that is slow too. */
const SHARE = 1 / 10;
/** Looking at the cost costs: two writes of so many are looked at. */
const LOOK_EVERY = 8;
/** Text that comes seldom looks stuck. */
const SLOWEST_MS = 100;

export interface Frames {
  /** Calls `flush` once, however often it is asked: in the next frame that is not too soon after the last, or with `isNew` in the next. */
  request(isNew: boolean): void;
  /** Calls `flush` now if a frame was asked for. */
  flushNow(): void;
  cancel(): void;
}

export function createFrames(view: Window, flush: () => void): Frames {
  let frame: number | undefined;
  let timer: number | undefined;
  const now = () => view.performance.now();
  let next = now() + QUIET_MS;
  /** Of the last write that was looked at. */
  let cost = 0;
  let pace = 0;
  let writes = 0;
  const cancel = (): void => {
    if (frame !== undefined) view.cancelAnimationFrame(frame);
    if (timer !== undefined) view.clearTimeout(timer);
    frame = undefined;
    timer = undefined;
  };
  /** When the frame has been drawn. A write that was dear by chance does not count. */
  const look = (start: number): void => {
    const before = cost;
    cost = now() - start;
    pace = Math.min(SLOWEST_MS, Math.min(cost, before) / SHARE);
  };
  const run = (): void => {
    cancel();
    const start = now();
    flush();
    next = start + Math.max(PACE_MS, pace);
    writes += 1;
    if (writes % LOOK_EVERY < 2) view.setTimeout(look, 0, start);
  };
  const ask = (): void => {
    frame = view.requestAnimationFrame(run);
    timer = view.setTimeout(run, HIDDEN_MS);
  };
  return {
    request(isNew) {
      if (frame !== undefined || (timer !== undefined && !isNew)) return;
      cancel();
      const wait = isNew ? 0 : next - now();
      if (wait <= 0) ask();
      else timer = view.setTimeout(ask, wait);
    },
    flushNow() {
      if (timer !== undefined) run();
    },
    cancel,
  };
}
