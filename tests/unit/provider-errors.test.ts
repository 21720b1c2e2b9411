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
    [400, json({ error: { message: 'x is not a valid model ID', code: 400 } }), 'model-not-found'],
    [400, json({ error: { message: 'Model x has been decommissioned' } }), 'model-not-found'],
    [400, json({ error: { message: 'Tools are not supported by this model' } }), 'bad-request'],
    [400, json({ error: { message: 'Unsupported value: temperature' } }), 'bad-request'],
    [400, json([{ error: { message: 'API key not valid. Please pass a valid API key.' } }]), 'unauthorised'],
    [400, json({ error: { message: 'Your credit balance is too low' } }), 'quota'],
    [400, json([{ error: { code: 'content_filter', message: 'blocked' } }]), 'content-filter'],
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
    [json([{ error: { code: 400, message: 'in an array', status: 'INVALID_ARGUMENT' } }]), 'in an array'],
    [json({ error: { message: { detail: [{ msg: 'deep' }] } } }), 'deep'],
    [
      json({ error: { message: 'Failed', metadata: { raw: json({ error: { message: 'in a string' } }) } } }),
      'Failed: in a string',
    ],
    [json({ error: { message: json({ error: { message: 'JSON in a string' } }) } }), 'JSON in a string'],
    [json({ id: 'x', message: 'flat with an id' }), 'flat with an id'],
    [json({ detail: { message: 'an object' } }), 'an object'],
    [json({ error: { code: 'x' } }), 'The server answered with status 500.'],
    ['null', 'The server answered with status 500.'],
    ['<style>b{}</style><p>No <b>title</b></p>', 'No title'],
    ['plain words', 'plain words'],
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

it('looks at the beginning of a body only, so that no body is slow', () => {
  for (const piece of ['<', '<title', '<style>', 'model ', 'api key ', '[[', '{"error":']) {
    const begin = performance.now();
    responseError(400, new Headers(), piece.repeat(200_000));
    responseError(400, new Headers(), json({ error: { message: piece.repeat(200_000) } }));
    expect(performance.now() - begin, piece).toBeLessThan(1000);
  }
});
