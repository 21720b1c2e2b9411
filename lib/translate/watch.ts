// Whether the page keeps what is written into it: a framework that draws anew throws it away.
import type { Run } from './run-types.ts';

const EVERY_MS = 250;
/** Frameworks draw on the heels of a change; what happens later is the page's own business. */
const AFTER_END_MS = 2000;

export interface Watch {
  end(): void;
}

/** Calls `onLost` once when translated text is gone or changed, while the run writes and shortly after. */
export function watchWritten(view: Window, run: Run, onLost: () => void): Watch {
  let left = AFTER_END_MS;
  const timer = view.setInterval(() => {
    if (!run.status.isRunning) left -= EVERY_MS;
    const isLost = run.items.some(
      ({ state, writer }) => state !== 'original' && writer.hasText && !writer.isIntact(),
    );
    if (isLost || left <= 0) view.clearInterval(timer);
    if (isLost) onLost();
  }, EVERY_MS);
  return { end: () => view.clearInterval(timer) };
}
