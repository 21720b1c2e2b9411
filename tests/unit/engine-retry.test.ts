import { describe, expect, it } from 'vitest';
import { ERROR_CODES, StreamError } from '../../lib/engine/errors.ts';
import { defaultRetryPolicy, findRetryDelay } from '../../lib/engine/retry.ts';
import { responseError } from '../../lib/providers/openai/errors.ts';

const delay = (error: StreamError, failed = 1, random = 0) =>
  findRetryDelay(error, failed, defaultRetryPolicy, random);

describe('what is repeated', () => {
  const passing = ['network', 'rate-limited', 'server', 'overloaded', 'timeout-connect', 'interrupted'];
  it.each(ERROR_CODES)('%s', (code) => {
    const repeated = delay(new StreamError(code, '')) !== undefined;
    expect(repeated).toBe(passing.includes(code));
  });
  it.each([408, 409, 429, 500, 502, 503, 504, 529])('status %i', (status) =>
    expect(delay(responseError(status, new Headers(), ''))).toBeDefined(),
  );
  it.each([400, 401, 402, 403, 404, 413, 422])('not status %i', (status) =>
    expect(delay(responseError(status, new Headers(), ''))).toBeUndefined(),
  );
  it('the server has the last word', () => {
    const say = (value: string) => new Headers({ 'x-should-retry': value });
    expect(delay(responseError(500, say('false'), ''))).toBeUndefined();
    expect(delay(responseError(400, say('true'), ''))).toBeDefined();
  });
  it('a quota is not a rate limit', () => {
    const body = JSON.stringify({ error: { code: 'insufficient_quota', message: 'x' } });
    expect(delay(responseError(429, new Headers(), body))).toBeUndefined();
  });
});

describe('when', () => {
  it('doubles from 1 s to 8 s, by half at random', () => {
    const error = new StreamError('network', '');
    const policy = { ...defaultRetryPolicy, retries: 6 };
    const range = (failed: number) =>
      [0, 0.999999].map((random) => Math.round(findRetryDelay(error, failed, policy, random) ?? -1));
    expect([1, 2, 3, 4, 5].map(range)).toEqual([
      [500, 1000],
      [1000, 2000],
      [2000, 4000],
      [4000, 8000],
      [4000, 8000],
    ]);
  });
  it('gives up after the retries of the policy', () => {
    expect(delay(new StreamError('network', ''), 3)).toBeDefined();
    expect(delay(new StreamError('network', ''), 4)).toBeUndefined();
    expect(
      findRetryDelay(new StreamError('network', ''), 1, { ...defaultRetryPolicy, retries: 0 }, 0),
    ).toBeUndefined();
  });
  it.each([
    ['0', 0],
    ['1', 1000],
    ['2', 2000],
    ['0.5', 500],
    ['1.25', 1250],
    ['  3  ', 3000],
    ['59.999', 59_999],
    ['60', 60_000],
    ['60.001', undefined],
    ['61', undefined],
    ['3600', undefined],
    ['1e1', 'backoff'],
    ['', 'backoff'],
    ['-1', 'backoff'],
    ['inf', 'backoff'],
    ['Infinity', 'backoff'],
    ['nan', 'backoff'],
    ['NaN', 'backoff'],
    ['soon', 'backoff'],
    ['1s', 'backoff'],
    ['0x10', 'backoff'],
    ['1, 2', 'backoff'],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', undefined],
    ['Sat, 01 Jan 100000 00:00:00 GMT', undefined],
  ])('retry-after: %s', (value, expected) => {
    const found = delay(responseError(429, new Headers({ 'retry-after': value }), ''));
    if (expected === 'backoff') expect(found).toBe(500);
    else expect(found).toBe(expected);
  });
  it('a date is waited for', () => {
    const headers = new Headers({ 'retry-after': new Date(Date.now() + 10_000).toUTCString() });
    const found = delay(responseError(503, headers, '')) ?? 0;
    expect(found).toBeGreaterThan(8000);
    expect(found).toBeLessThanOrEqual(10_000);
  });
  it('retry-after-ms wins, and takes no jitter', () => {
    const headers = new Headers({ 'retry-after': '30', 'retry-after-ms': '70' });
    expect(delay(responseError(429, headers, ''), 1, 0.9)).toBe(70);
  });
});
