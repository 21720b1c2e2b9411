// What a page sees of a translation: when its words have been painted, and what it cost the page's main thread.
import type { Page } from '@playwright/test';
import { command } from '../e2e/harness/cdp.ts';

export interface Words {
  /** Where they come, by CSS. */
  within: string;
  words: readonly string[];
}

/**
 * Resolves with when the last of the words has been painted, epoch milliseconds; asked for before they come. What was painted is a frame
 * old at most.
 */
export async function waitForPaint(tab: Page, { within, words }: Words): Promise<number> {
  return await tab.evaluate(
    ([css, wanted]) => {
      const { promise, resolve } = Promise.withResolvers<number>();
      const missing = new Set(wanted);
      const observer = new MutationObserver((records) => {
        // Once for each node: this is part of what is measured.
        const nodes = new Set(records.flatMap(({ target, addedNodes }) => [target, ...addedNodes]));
        const areas = new Set(records.map(({ target }) => target));
        for (const node of nodes) {
          // Of what is new all of its text, of where it came to only its own.
          const text = areas.has(node) ? node.nodeValue : node.textContent;
          if (text) for (const word of missing) if (text.includes(word)) missing.delete(word);
        }
        if (missing.size > 0) return;
        observer.disconnect();
        const soon = (globalThis as { isInFrame?: boolean }).isInFrame
          ? (callback: () => void) => callback()
          : requestAnimationFrame;
        // A task after the frame's callbacks runs when that frame has been handed to the compositor.
        soon(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
          port2.postMessage(null);
        });
      });
      const area = document.querySelector(css);
      if (!area) throw new Error(`no ${css}`);
      observer.observe(area, { subtree: true, childList: true, characterData: true });
      return promise;
    },
    [within, words] as const,
  );
}

/** From now on `waitForPaint` can tell what is written within a frame, and is painted with it. Costs a task in every frame. */
export async function followFrames(tab: Page): Promise<void> {
  await tab.evaluate(() => {
    const phase = globalThis as { isInFrame?: boolean };
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      phase.isInFrame = false;
    };
    const frame = () => {
      phase.isInFrame = true;
      port2.postMessage(null);
      // The first of the next frame's callbacks.
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Of the tab's main thread so far, milliseconds. */
export interface Cost {
  tasks: number;
  scripts: number;
}

export interface Meter {
  /** What was spent since the last call, or since the meter was made. */
  read(): Promise<Cost>;
}

export async function createMeter(tab: Page): Promise<Meter> {
  const session = await tab.context().newCDPSession(tab);
  await command(session, 'Performance.enable');
  const now = async (): Promise<Cost> => {
    const { metrics } = await command<{ metrics: { name: string; value: number }[] }>(
      session,
      'Performance.getMetrics',
    );
    const millisecondsOf = (wanted: string) =>
      1000 * (metrics.find(({ name }) => name === wanted)?.value ?? 0);
    return { tasks: millisecondsOf('TaskDuration'), scripts: millisecondsOf('ScriptDuration') };
  };
  let before = await now();
  return {
    async read() {
      const after = await now();
      const cost = { tasks: after.tasks - before.tasks, scripts: after.scripts - before.scripts };
      before = after;
      return cost;
    },
  };
}

/** Begins to note tasks of the tab over 50 ms. */
export async function noteLongTasks(tab: Page): Promise<void> {
  await tab.evaluate(() => {
    const longTasks: number[] = [];
    Object.assign(globalThis, { longTasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

/** Those since `noteLongTasks`, milliseconds. */
export async function readLongTasks(tab: Page): Promise<number[]> {
  return await tab.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
}
