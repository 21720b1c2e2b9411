// Keeps the worker alive while jobs run. Incoming bytes, silent ports and IndexedDB do not: it dies 30 s after the last extension
// event or API call, in the middle of a stream too (measured in Chromium 156 and Firefox 153).
import { browser } from './browser.ts';

const BEAT_MS = 20_000;
/** No job is worth more than this; after it the worker may die and the turn stays partial. */
const CAP_MS = 65 * 60_000;

let holders = 0;
let timer: ReturnType<typeof setInterval> | undefined;
let since = 0;

/** Holds the worker awake until the returned function is called. */
export function keepAwake(): () => void {
  holders++;
  since = Date.now();
  timer ??= setInterval(() => {
    if (Date.now() - since > CAP_MS) stop();
    else void browser.runtime.getPlatformInfo();
  }, BEAT_MS);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    holders--;
    if (holders === 0) stop();
  };
}

function stop(): void {
  clearInterval(timer);
  timer = undefined;
}
