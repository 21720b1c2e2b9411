// Every recorded stream, whole and in every mutation, gives what was recorded; cut anywhere, it gives the exact beginning of that.
// `STREAMS=all` reads every file byte by byte and cuts files of up to 12 KiB at every byte; otherwise more of it is sampled, with
// `STREAMS=few`, as in `npm run check`, most.
import { describe, expect, it } from 'vitest';
import { cutsOf, mutate, SEED, withoutDone } from '../fixtures/mutations.ts';
import { present, type RecordedStream, readIndex, readRecorded } from '../fixtures/recorded.ts';
import { readCut } from '../replay/cut.ts';
import { type Replayed, replay } from '../replay/replay.ts';

const HOW_MANY = {
  few: { bytewiseUpTo: 1024, cutEverywhereUpTo: 256, sampledCuts: 8 },
  some: { bytewiseUpTo: 8 * 1024, cutEverywhereUpTo: 2 * 1024, sampledCuts: 60 },
  all: { bytewiseUpTo: Number.POSITIVE_INFINITY, cutEverywhereUpTo: 12 * 1024, sampledCuts: 300 },
};
const { bytewiseUpTo, cutEverywhereUpTo, sampledCuts } =
  HOW_MANY[(process.env['STREAMS'] ?? 'some') as keyof typeof HOW_MANY];
const TIMEOUT = 120_000;

/**
 * No server error was recorded here, so `expected.error` is null: the body is one chunk that is not JSON, and [DONE]. To pass over it
 * would show an empty answer as a complete one. It is `bad-data`, and that is the only disagreement.
 */
const NOT_JSON = 'openai-compatible/test-should-handle-unparsable-stream-parts.sse';
/** One chunk in the middle is not JSON, and one newline stands between chunks, so that the whole body is one event that is none. */
const ONE_BROKEN_EVENT = 'github-copilot/test-stream-from-github-bing-search-skill.sse';

const recorded = await readIndex<RecordedStream>('index.json');
if (!present) it.skip('recorded streams: the folder with them is not here');
else it('all of them are here', () => expect(recorded).toHaveLength(194));

describe.each(recorded)('$file', ({ file, done, expected }) => {
  const want = {
    text: expected.text ?? '',
    reasoning: expected.reasoning,
    // The one call of the time before tool_calls is a tool call to us.
    toolCalls: [
      ...(expected.tool_calls ?? []),
      ...(expected.function_call ? [expected.function_call] : []),
    ].map((call) => ({
      id: ('id' in call && call.id) || '',
      name: call.name ?? '',
      arguments: call.arguments ?? '',
    })),
    finishReason: expected.finish_reason,
    usage: expected.usage,
    refusal: expected.refusal,
  };
  const failed = expected.error !== null || file === NOT_JSON;

  function check(outcome: Replayed, isDone: boolean, how: string) {
    const { error, interrupted, ...rest } = outcome;
    expect(rest, how).toEqual(want);
    expect(error !== null, how).toBe(failed);
    if (error && expected.error) expect(error.message, how).toBe(wordsOf(expected.error));
    expect(interrupted, how).toBe(!failed && !isDone && want.finishReason === null);
  }

  it(`every mutation (seed ${SEED})`, { timeout: TIMEOUT }, async () => {
    const body = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readRecorded(file));
    const bytewise = body.length <= bytewiseUpTo;
    for (const { name, bytes, split } of mutate(body, bytewise)) {
      check(await replay(bytes, { split }), done && file !== ONE_BROKEN_EVENT, name);
    }
    if (failed) return;
    const endless = new TextEncoder().encode(withoutDone(body));
    check(await replay(endless), false, 'without [DONE]');
    check(await replay(endless, { split: 7 }), false, 'without [DONE], reads of 7 bytes');
  });

  it(`cut anywhere (seed ${SEED})`, { timeout: TIMEOUT }, async () => {
    const bytes = await readRecorded(file);
    const lines = readLines(bytes);
    for (const length of cutsOf(bytes.length, cutEverywhereUpTo, sampledCuts)) {
      const { message, code } = readCut(bytes, length);
      const arrived = lines.filter(({ end }) => end <= length);
      const how = `cut at byte ${length}`;
      expect(want.text.startsWith(message.text), how).toBe(true);
      expect((want.reasoning ?? '').startsWith(message.reasoning), how).toBe(true);
      if (file === ONE_BROKEN_EVENT) continue;
      expect(message.text, how).toBe(arrived.map(({ text }) => text).join(''));
      const ended = arrived.some(({ ends }) => ends);
      if (arrived.some(({ fails }) => fails)) expect(code, how).not.toBe('interrupted');
      else expect(code, how).toBe(ended ? undefined : 'interrupted');
    }
  });
});

interface Line {
  /** Bytes up to its end, without the newline. */
  end: number;
  text: string;
  /** It says that the answer is complete. */
  ends: boolean;
  fails: boolean;
}

/** The lines of a body, read as simply as can be: not by the engine. */
function readLines(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let end = 0; end <= bytes.length; end++) {
    if (end < bytes.length && bytes[end] !== 0x0a && bytes[end] !== 0x0d) continue;
    const line = new TextDecoder().decode(bytes.subarray(start, end));
    if (line.startsWith('data:')) lines.push({ end, ...readLine(line.slice(5).trim()) });
    start = end + 1;
  }
  return lines;
}

function readLine(data: string): Omit<Line, 'end'> {
  if (data === '[DONE]') return { text: '', ends: true, fails: false };
  try {
    const chunk = JSON.parse(data);
    const choice = (chunk.choices ?? []).find((one: { index?: number }) => (one.index ?? 0) === 0);
    const content = choice?.delta?.content ?? '';
    const parts = Array.isArray(content) ? content.map((part) => part.text ?? '') : [content];
    return { text: parts.join(''), ends: Boolean(choice?.finish_reason), fails: Boolean(chunk.error) };
  } catch {
    return { text: '', ends: false, fails: true };
  }
}

function wordsOf(error: NonNullable<RecordedStream['expected']['error']>): unknown {
  return typeof error === 'string' ? error : error['message'];
}
