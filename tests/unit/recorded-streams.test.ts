// Streams that real servers sent, recorded by other projects. They are not part of this repository: where they are absent, these
// tests are skipped.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { replay } from '../replay/replay.ts';

const RECORDED_STREAMS = new URL('../../../shared/streams/', import.meta.url);

interface Recorded {
  file: string;
  expected: {
    text: string | null;
    reasoning: string | null;
    tool_calls: { id: string | null; name: string | null; arguments: string | null }[] | null;
    finish_reason: string | null;
    usage: unknown;
    error: unknown;
    refusal: string | null;
  };
}

/** Not as expected, and why. */
const DISAGREED = new Map([
  [
    'openai-compatible/test-should-handle-unparsable-stream-parts.sse',
    'a chunk that is not JSON is an error to us',
  ],
  [
    'openrouter/test_openrouter--test_openrouter_stream_error--0.sse',
    'the usage that follows an error is not read yet',
  ],
]);

const present = existsSync(RECORDED_STREAMS);
const recorded: Recorded[] = present
  ? (JSON.parse(await readFile(new URL('index.json', RECORDED_STREAMS), 'utf8')) as Recorded[])
  : [];

if (!present) it.skip('recorded streams: the folder with them is not here');

describe.each(recorded.filter(({ file }) => !DISAGREED.has(file)))('$file', ({ file, expected }) => {
  it.each([0, 1, 7])('in reads of %i bytes', async (split) => {
    const outcome = await replay(await readFile(new URL(file, RECORDED_STREAMS)), { split });
    expect({ ...outcome, error: outcome.error !== null, interrupted: undefined }).toEqual({
      text: expected.text ?? '',
      reasoning: expected.reasoning,
      toolCalls: (expected.tool_calls ?? []).map((call) => ({
        id: call.id ?? '',
        name: call.name ?? '',
        arguments: call.arguments ?? '',
      })),
      finishReason: expected.finish_reason,
      usage: expected.usage,
      error: expected.error !== null,
      interrupted: undefined,
      refusal: expected.refusal,
    });
  });
});
