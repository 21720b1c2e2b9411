// One write a frame for everything that a run brings. A hidden page gets no frames; a timer stands in for them.

/** Between two frames even of a slow screen; a page that shows frames never waits for it. */
const HIDDEN_MS = 120;

export interface Frames {
  /** Calls `flush` once in the next frame, however often it is asked. */
  request(): void;
  /** Calls `flush` now if a frame was asked for. */
  flushNow(): void;
  cancel(): void;
}

export function createFrames(view: Window, flush: () => void): Frames {
  let frame: number | undefined;
  let timer: number | undefined;
  const cancel = (): void => {
    if (frame !== undefined) view.cancelAnimationFrame(frame);
    if (timer !== undefined) view.clearTimeout(timer);
    frame = undefined;
    timer = undefined;
  };
  const run = (): void => {
    cancel();
    flush();
  };
  return {
    request() {
      if (timer !== undefined) return;
      frame = view.requestAnimationFrame(run);
      timer = view.setTimeout(run, HIDDEN_MS);
    },
    flushNow() {
      if (timer !== undefined) run();
    },
    cancel,
  };
}
