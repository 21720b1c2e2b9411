import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFrameBuffer } from '../../lib/render/frame-buffer.ts';

let frames: Map<number, () => void>;
let flushed: string[];
const flush = (text: string) => void flushed.push(text);

function runFrame() {
  const waiting = [...frames.values()];
  frames.clear();
  for (const callback of waiting) callback();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  frames = new Map();
  flushed = [];
  let next = 1;
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    frames.set(next, callback);
    return next++;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('text of one frame is handed on once, joined, with the next frame', () => {
  const buffer = createFrameBuffer(flush);
  buffer.push('a');
  buffer.push('');
  buffer.push('b');
  expect(flushed).toEqual([]);
  expect(frames.size).toBe(1);
  runFrame();
  expect(flushed).toEqual(['ab']);
  buffer.push('c');
  runFrame();
  expect(flushed).toEqual(['ab', 'c']);
  vi.advanceTimersByTime(1000);
  expect(flushed).toEqual(['ab', 'c']);
});

test('after the first ones, what comes right after a write waits some frames', () => {
  const buffer = createFrameBuffer(flush);
  for (const first of ['1', '2', '3', '4']) {
    buffer.push(first);
    runFrame();
  }
  expect(flushed).toEqual(['1', '2', '3', '4']);
  buffer.push('a');
  runFrame();
  vi.advanceTimersByTime(39);
  runFrame();
  expect(flushed).toHaveLength(4);
  vi.advanceTimersByTime(1);
  buffer.push('b');
  runFrame();
  expect(flushed.slice(4)).toEqual(['ab']);
});

test('a timer does it where no frame comes', () => {
  const buffer = createFrameBuffer(flush);
  buffer.push('a');
  vi.advanceTimersByTime(99);
  expect(flushed).toEqual([]);
  buffer.push('b');
  vi.advanceTimersByTime(1);
  expect(flushed).toEqual(['ab']);
  expect(frames.size).toBe(0);
});

test('a hidden document is not asked for frames', () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  const buffer = createFrameBuffer(flush);
  buffer.push('a');
  expect(frames.size).toBe(0);
  vi.advanceTimersByTime(100);
  expect(flushed).toEqual(['a']);
});

test('flushNow hands on what waits, and nothing twice', () => {
  const buffer = createFrameBuffer(flush);
  buffer.flushNow();
  buffer.push('a');
  buffer.flushNow();
  buffer.flushNow();
  runFrame();
  vi.advanceTimersByTime(1000);
  expect(flushed).toEqual(['a']);
});

test('dispose drops what waits and takes nothing more', () => {
  const buffer = createFrameBuffer(flush);
  buffer.push('a');
  buffer.dispose();
  buffer.push('b');
  buffer.flushNow();
  runFrame();
  vi.advanceTimersByTime(1000);
  expect(flushed).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a flush that pushes gets a frame of its own', () => {
  const buffer = createFrameBuffer((text) => {
    flush(text);
    if (text === 'a') buffer.push('again');
  });
  buffer.push('a');
  runFrame();
  expect(flushed).toEqual(['a']);
  runFrame();
  expect(flushed).toEqual(['a', 'again']);
});

test('a flush that throws does not get the same text again', () => {
  let calls = 0;
  const buffer = createFrameBuffer(() => {
    calls += 1;
    throw new Error('broken sink');
  });
  buffer.push('a');
  expect(() => buffer.flushNow()).toThrow('broken sink');
  buffer.flushNow();
  expect(calls).toBe(1);
});
