// Keeps the worker alive while jobs run. Incoming bytes, silent ports and IndexedDB do not: it dies 30 s after the last extension
// event or API call, in the middle of a stream too. One cheap call every 20 s does, in Chromium (156) and in Firefox (153), where an
// event page without it ended 30.4 s into an answer and with it wrote for seven and a half minutes, every view closed.
import { browser } from './native.ts';

const BEAT_MS = 20_000;
/**
 * 65 minutes: no job is worth more; after it the worker may die and the turn stays partial. Counted in beats, because a clock that is
 * set, or a computer that slept, must not end a job.
 */
const MAX_BEATS = (65 * 60_000) / BEAT_MS;

let holders = 0;
let timer: ReturnType<typeof setInterval> | undefined;
let beatsLeft = 0;

/** Holds the worker awake until the returned function is called. */
export function keepAwake(): () => void {
  holders++;
  beatsLeft = MAX_BEATS;
  timer ??= setInterval(beat, BEAT_MS);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    holders--;
    if (holders === 0) stop();
  };
}

function beat(): void {
  if (beatsLeft === 0) {
    stop();
    return;
  }
  beatsLeft--;
  // The call is what counts; nobody waits for its answer.
  browser.runtime.getPlatformInfo().catch(() => {});
}

function stop(): void {
  clearInterval(timer);
  timer = undefined;
}
