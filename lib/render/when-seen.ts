// Does things to blocks when they come near to what is on screen, in the time that the page has left.

export interface WhenSeen {
  add(elements: readonly HTMLElement[]): void;
  dispose(): void;
}

/** Time that must be left before the next frame to begin with another block, ms. */
const ENOUGH_MS = 5;
// On a page that is never idle, it is done all the same.
const LATEST_MS = 1000;

const canTellSight = () => 'ContentVisibilityAutoStateChangeEvent' in globalThis;

function isNear(element: HTMLElement): boolean {
  return !canTellSight() || element.checkVisibility({ contentVisibilityAuto: true });
}

function whenIdle(task: (timeLeft: () => number) => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(() => task(() => ENOUGH_MS), 0);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback((deadline) => task(() => deadline.timeRemaining()), {
    timeout: LATEST_MS,
  });
  return () => cancelIdleCallback(handle);
}

/**
 * Calls `work` once for each element that was added, when it is near. The browser's own notice is used by which it leaves
 * out what is far away, so nothing is watched. `work` returns false where it wants to be asked again.
 */
export function createWhenSeen(root: HTMLElement, work: (element: HTMLElement) => boolean): WhenSeen {
  const waiting = new Set<HTMLElement>();
  const near = new Set<HTMLElement>();
  let cancel: (() => void) | undefined;

  function run(timeLeft: () => number) {
    cancel = undefined;
    let isFirst = true;
    for (const element of near) {
      if (!isFirst && timeLeft() < ENOUGH_MS) break;
      isFirst = false;
      near.delete(element);
      if (!element.isConnected) waiting.delete(element);
      else if (isNear(element) && work(element)) waiting.delete(element);
    }
    if (near.size > 0) schedule();
  }

  function schedule() {
    cancel ??= whenIdle(run);
  }

  function onSight(event: Event) {
    const { target } = event;
    if (!(target instanceof HTMLElement) || (event as ContentVisibilityAutoStateChangeEvent).skipped) return;
    // Of blocks in a group that was left out until now, those in sight get no notice of their own.
    for (const element of [target, ...target.children])
      if (waiting.has(element as HTMLElement)) near.add(element as HTMLElement);
    if (near.size > 0) schedule();
  }

  root.addEventListener('contentvisibilityautostatechange', onSight, { capture: true });
  return {
    add(elements) {
      for (const element of elements) {
        waiting.add(element);
        near.add(element);
      }
      if (near.size > 0) schedule();
    },
    dispose() {
      root.removeEventListener('contentvisibilityautostatechange', onSight, { capture: true });
      cancel?.();
      waiting.clear();
      near.clear();
    },
  };
}
