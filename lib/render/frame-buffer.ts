// Joins the text that arrives between two writes, so that the document is written to in every third frame.

export interface FrameBuffer {
  /** Takes text in the order it arrived; it is handed on with the next frame that is not too soon after the last write. */
  push(text: string): void;
  /** Hands on what is waiting, now. */
  flushNow(): void;
  /** Drops what is waiting and takes nothing more. */
  dispose(): void;
}

// A hidden or throttled page may get no frame for a long time; text must not pile up behind one.
const FALLBACK_MS = 100;
/** Between two writes: every third frame of most screens. What a write costs is laying out and drawing, and nobody reads faster. */
const PACE_MS = 40;
/** The first words are waited for: so many writes are not held up. */
const AT_ONCE = 4;

/** `flush` gets all text pushed since its last call, never an empty string. What it throws reaches the page. */
export function createFrameBuffer(flush: (text: string) => void): FrameBuffer {
  let waiting = '';
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;
  let next = 0;
  let writes = 0;

  function unschedule() {
    if (frame !== undefined) cancelAnimationFrame(frame);
    if (timer !== undefined) clearTimeout(timer);
    frame = undefined;
    timer = undefined;
  }

  function flushNow() {
    unschedule();
    if (waiting === '') return;
    const text = waiting;
    // Emptied first: a flush that throws must not be given the same text again.
    waiting = '';
    writes += 1;
    if (writes >= AT_ONCE) next = performance.now() + PACE_MS;
    flush(text);
  }

  function ask() {
    timer = setTimeout(flushNow, FALLBACK_MS);
    if (!document.hidden) frame = requestAnimationFrame(flushNow);
  }

  function schedule() {
    if (timer !== undefined) return;
    const wait = next - performance.now();
    if (wait <= 0) ask();
    else timer = setTimeout(ask, wait);
  }

  return {
    push(text) {
      if (disposed || text === '') return;
      waiting += text;
      schedule();
    },
    flushNow,
    dispose() {
      disposed = true;
      waiting = '';
      unschedule();
    },
  };
}
