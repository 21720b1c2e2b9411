// Error bodies that real servers sent: each gets the right code, and the server's own words.
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../lib/engine/errors.ts';
import { responseError } from '../../lib/providers/openai/errors.ts';
import { present, type RecordedError, readIndex } from '../fixtures/recorded.ts';

/** By judgement, not by our code: provider, status, a few of the words, and what that means. Every body fits exactly one row. */
const ROWS: readonly [provider: string, status: number, words: RegExp, code: ErrorCode][] = [
  ['deepseek', 400, /unknown variant `input_audio`/, 'bad-request'],
  ['deepseek', 400, /you passed deepseek-v9/, 'model-not-found'],
  ['deepseek', 400, /support this tool_choice/, 'bad-request'],
  ['deepseek', 400, /maximum context length/, 'too-long'],
  ['deepseek', 401, /Authentication Fails/, 'unauthorised'],
  ['groq', 400, /tool call validation failed/i, 'bad-request'],
  ['groq', 400, /model did not call a tool/, 'bad-request'],
  ['groq', 401, /Invalid API Key/, 'unauthorised'],
  ['groq', 404, /does not exist/, 'model-not-found'],
  ['llama.cpp', 400, /exceeds the available context/, 'too-long'],
  ['llama.cpp', 400, /Field 'temperature'/, 'bad-request'],
  ['llama.cpp', 400, /Failed to load image/, 'bad-request'],
  ['llama.cpp', 400, /unsupported content/, 'bad-request'],
  ['llama.cpp', 401, /Invalid API Key/, 'unauthorised'],
  ['llama.cpp', 500, /./, 'server'],
  ['mistral', 400, /Logprobs are not enabled/, 'bad-request'],
  ['mistral', 400, /Invalid model/, 'model-not-found'],
  ['mistral', 401, /Invalid API Key/, 'unauthorised'],
  ['openai', 400, /decimal above maximum/, 'bad-request'],
  ['openai', 400, /Content blocks are expected/, 'bad-request'],
  ['openai', 400, /does not support 'developer'/, 'bad-request'],
  ['openai', 400, /Web search options not supported/, 'bad-request'],
  ['openai', 400, /Error while downloading/, 'bad-request'],
  ['openai', 400, /unsupported image/, 'bad-request'],
  ['openai', 401, /Incorrect API key/, 'unauthorised'],
  ['openai', 404, /does not exist|has been deprecated/, 'model-not-found'],
];

const recorded = await readIndex<RecordedError>('http-errors.json');
if (!present) it.skip('recorded errors: the folder with them is not here');
else it('all of them are here', () => expect(recorded).toHaveLength(38));

describe.each(recorded.map((error, position) => ({ position, ...error })))(
  '$position: $provider $status',
  ({ provider, status, headers, body }) => {
    it('has the right code and the server’s words', () => {
      const error = responseError(status, new Headers(headers), body);
      const rows = ROWS.filter((row) => row[0] === provider && row[1] === status && row[2].test(body));
      expect(rows.map(([, , , code]) => code)).toEqual([error.code]);
      const parsed = JSON.parse(body);
      expect(error.message).toBe(parsed.error?.message ?? parsed.message ?? parsed.detail);
      expect(error.status).toBe(status);
    });
  },
);
