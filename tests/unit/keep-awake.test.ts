import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAwake } from '../../lib/platform/keep-awake.ts';

const getPlatformInfo = vi.hoisted(() => vi.fn(async () => ({ os: 'linux' })));
vi.mock('../../lib/platform/native.ts', () => ({ browser: { runtime: { getPlatformInfo } } }));

const SECOND = 1000;
const MINUTE = 60 * SECOND;

beforeEach(() => {
  vi.useFakeTimers();
  getPlatformInfo.mockClear();
});
afterEach(() => vi.useRealTimers());

test('calls every 20 s while a job runs, and never without one', () => {
  vi.advanceTimersByTime(5 * MINUTE);
  expect(getPlatformInfo).not.toHaveBeenCalled();
  const release = keepAwake();
  vi.advanceTimersByTime(MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(3);
  release();
  vi.advanceTimersByTime(5 * MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('goes on until the last of several jobs ends; a job ends once', () => {
  const first = keepAwake();
  const second = keepAwake();
  first();
  first();
  vi.advanceTimersByTime(MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(3);
  second();
  expect(vi.getTimerCount()).toBe(0);
});

test('gives up after 65 minutes without a new job, and begins again with one', () => {
  const first = keepAwake();
  vi.advanceTimersByTime(64 * MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(192);
  vi.advanceTimersByTime(60 * MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(195);
  expect(vi.getTimerCount()).toBe(0);
  const second = keepAwake();
  vi.advanceTimersByTime(MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(198);
  first();
  second();
});

test('a clock that is set forward does not end it', () => {
  const release = keepAwake();
  vi.setSystemTime(Date.now() + 24 * 60 * MINUTE);
  vi.advanceTimersByTime(MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(3);
  release();
});

test('a browser that refuses the call harms nothing', async () => {
  getPlatformInfo.mockRejectedValueOnce(new Error('gone'));
  const release = keepAwake();
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(getPlatformInfo).toHaveBeenCalledTimes(3);
  release();
});
