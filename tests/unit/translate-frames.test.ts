// When a run writes: at once what is waited for, else so seldom that it costs the page little.
import { describe, expect, it } from 'vitest';
import { createFrames, type Frames } from '../../lib/translate/frames.ts';

const FRAME_MS = 16;

/** A page whose clock is turned by hand; a write takes it `cost` milliseconds, drawing included, and the first one `first`. */
function createPage({ cost = 1, first = 1, isHidden = false } = {}) {
  let now = 0;
  let last = 0;
  const waiting = new Map<number, { at: number; run: () => void }>();
  const add = (at: number, run: () => void): number => {
    waiting.set(++last, { at, run });
    return last;
  };
  const view = {
    performance: { now: () => now },
    requestAnimationFrame: (run: () => void) =>
      isHidden ? 0 : add((Math.floor(now / FRAME_MS) + 1) * FRAME_MS, run),
    cancelAnimationFrame: (id: number) => waiting.delete(id),
    setTimeout: (run: (value?: number) => void, ms = 0, value?: number) => add(now + ms, () => run(value)),
    clearTimeout: (id: number) => waiting.delete(id),
  };
  const written: number[] = [];
  const frames = createFrames(view as unknown as Window, () => {
    written.push(now);
    now += written.length === 1 ? first : cost;
  });
  /** Turns the clock, with new text every 5 ms. */
  const stream = (ms: number, request: (frames: Frames) => void = (all) => all.request(false)) => {
    for (const end = now + ms; now < end; now += 1) {
      if (now % 5 === 0) request(frames);
      for (const [id, { at, run }] of [...waiting]) {
        if (at > now || !waiting.delete(id)) continue;
        run();
      }
    }
  };
  return { frames, written, stream };
}

const gaps = (times: number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('frames', () => {
  it('write in every second frame while text comes', () => {
    const { written, stream } = createPage();
    stream(1000);
    expect(written.length).toBeGreaterThan(20);
    expect(Math.min(...gaps(written))).toBeGreaterThanOrEqual(24);
    expect(Math.max(...gaps(written))).toBeLessThanOrEqual(3 * FRAME_MS);
  });

  it('write seldomer where it is dear, but not too seldom', () => {
    const dear = createPage({ cost: 6 });
    dear.stream(2000);
    expect(Math.min(...gaps(dear.written).slice(9))).toBeGreaterThanOrEqual(50);
    const worse = createPage({ cost: 40 });
    worse.stream(2000);
    expect(Math.max(...gaps(worse.written))).toBeLessThanOrEqual(100 + 2 * FRAME_MS);
  });

  it('are not slowed by one that was dear', () => {
    const { written, stream } = createPage({ first: 30 });
    stream(500);
    expect(Math.max(...gaps(written))).toBeLessThanOrEqual(30 + 2 * FRAME_MS);
  });

  it('write what is new in the next frame', () => {
    const { frames, written, stream } = createPage({ cost: 6 });
    stream(500);
    const before = written.length;
    frames.request(true);
    stream(FRAME_MS + 1, () => {});
    expect(written.length).toBe(before + 1);
  });

  it('wait for a frame once it was asked for', () => {
    const { written, stream } = createPage();
    stream(10, (frames) => frames.request(true));
    expect(written).toEqual([]);
    stream(10, () => {});
    expect(written).toHaveLength(1);
  });

  it('go on in a hidden page', () => {
    const { written, stream } = createPage({ isHidden: true });
    stream(2000);
    expect(written.length).toBeGreaterThan(8);
  });

  it('write now what was asked for, and nothing that was called off', () => {
    const { frames, written, stream } = createPage();
    frames.flushNow();
    expect(written).toEqual([]);
    frames.request(false);
    frames.flushNow();
    expect(written).toHaveLength(1);
    frames.request(true);
    frames.cancel();
    stream(300, () => {});
    expect(written).toHaveLength(1);
  });
});
