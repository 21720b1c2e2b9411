import { describe, expect, it } from 'vitest';
import { responseError } from '../../lib/providers/openai/errors.ts';

const json = (value: unknown) => JSON.stringify(value);

describe('a response that is not ok', () => {
  it.each([
    [
      401,
      json({ error: { message: 'Incorrect API key provided', type: 'invalid_request_error' } }),
      'unauthorised',
    ],
    [401, json({ detail: 'Invalid API Key' }), 'unauthorised'],
    [400, json({ error: 'Incorrect API key provided: xai-***', code: 'invalid-argument' }), 'unauthorised'],
    [402, json({ error: { message: 'Insufficient Balance' } }), 'quota'],
    [403, '', 'origin-refused'],
    [403, json({ error: { message: 'Country not supported' } }), 'forbidden'],
    [403, json({ message: 'Invalid API key' }), 'unauthorised'],
    [
      404,
      json({ error: { message: 'The model `x` does not exist', code: 'model_not_found' } }),
      'model-not-found',
    ],
    [404, '<html><title>404 Not Found</title></html>', 'not-found'],
    [429, json({ error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } }), 'rate-limited'],
    [
      429,
      json({ error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }),
      'quota',
    ],
    [400, json({ error: { message: "This model's maximum context length is 8192 tokens" } }), 'too-long'],
    [400, json({ error: { code: 400, type: 'exceed_context_size_error', message: 'too big' } }), 'too-long'],
    [413, '', 'too-long'],
    [400, json({ error: { message: 'blocked', code: 'content_filter' } }), 'content-filter'],
    [422, json({ detail: [{ msg: 'Extra inputs are not permitted' }] }), 'bad-request'],
    [500, 'oops', 'server'],
    [502, '<html><title>502 Bad Gateway</title></html>', 'server'],
    [503, '', 'overloaded'],
    [529, json({ error: { type: 'overloaded_error', message: 'Overloaded' } }), 'overloaded'],
    [418, '', 'bad-request'],
    [511, '<html></html>', 'not-an-api'],
  ])('%i %s is %s', (status, body, code) => {
    expect(responseError(status, new Headers(), body)).toMatchObject({ code, status });
  });

  it.each([
    [json({ error: { message: 'Words' } }), 'Words'],
    [
      json({ error: { message: 'Provider returned error', metadata: { raw: 'the real words' } } }),
      'Provider returned error: the real words',
    ],
    [json({ object: 'error', message: 'flat' }), 'flat'],
    [json({ detail: [{ msg: 'one' }, { msg: 'two' }] }), 'one; two'],
    [json({ error: 'a string' }), 'a string'],
    ['<html><title>Bad Gateway</title><body>x</body></html>', 'Bad Gateway'],
    ['', 'The server answered with status 500.'],
  ])('the useful words of %s', (body, words) => {
    expect(responseError(500, new Headers(), body).message).toBe(words);
  });

  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '30', 'retry-after-ms': '7' }, 7],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'inf' }, undefined],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  ])('%o waits %s ms', (headers, ms) => {
    expect(responseError(429, new Headers(headers as Record<string, string>), '').retryAfterMs).toBe(ms);
  });
});
