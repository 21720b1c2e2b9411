// What a hostile or broken server may send, and how much of it.
import { describe, expect, it } from 'vitest';
import { Answer } from '../../lib/engine/answer.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { chunk } from '../fixtures/chunks.ts';

const MiB = 1024 * 1024;
const bytes = (text: string) => new TextEncoder().encode(text);

/** Feeds the same read again and again until the answer fails or `reads` is over. */
function feedOften(read: Uint8Array, reads: number) {
  const answer = new Answer(openAiDialect);
  const message = emptyMessage();
  let count = 0;
  for (; count < reads && !answer.failure; count++) fold(message, answer.feed(read).events);
  return { answer, message, count };
}

describe('limits', () => {
  it.each([
    ['text', { content: 'x'.repeat(MiB) }],
    ['reasoning', { reasoning: 'x'.repeat(MiB) }],
    ['a refusal', { refusal: 'x'.repeat(MiB) }],
    [
      'arguments',
      { tool_calls: [{ index: 0, id: 'a', function: { name: 'x', arguments: 'x'.repeat(MiB) } }] },
    ],
  ])('%s of more than 8 MiB ends the answer, and 8 MiB are kept', (_, delta) => {
    const { answer, message, count } = feedOften(bytes(chunk(delta)), 100);
    expect(answer.failure?.code).toBe('too-large');
    expect(count).toBe(9);
    const kept = message.text + message.reasoning + message.refusal + (message.toolCalls[0]?.arguments ?? '');
    expect(kept.length).toBe(8 * MiB);
  });

  it('a body that unpacks without end is stopped at 64 MiB', () => {
    const { answer, count } = feedOften(bytes(': '.padEnd(MiB - 1, 'x').concat('\n')), 100);
    expect(answer.failure?.code).toBe('too-large');
    expect(count).toBe(65);
  });

  it('so is a reply in one piece', () => {
    const read = bytes('{'.padEnd(MiB));
    expect(feedOften(read, 100)).toMatchObject({ count: 65, answer: { failure: { code: 'too-large' } } });
  });

  it('one line without an end is stopped at 4 MiB', () => {
    const { answer, count } = feedOften(bytes('data: '.padEnd(64 * 1024, 'x')), 100);
    expect(answer.failure?.code).toBe('too-large');
    expect(count).toBe(65);
  });

  it('a million empty events are soon read', () => {
    const { answer, message } = feedOften(bytes('data: {"choices":[]}\n\n'.repeat(10_000)), 100);
    expect(answer.failure).toBeUndefined();
    expect(message).toEqual(emptyMessage());
  });
});

it('nested deeper than anybody writes it, a chunk is a chunk or bad data, and no crash', () => {
  for (const deep of ['['.repeat(200_000), `${'{"error":'.repeat(100_000)}1${'}'.repeat(100_000)}`]) {
    const answer = new Answer(openAiDialect);
    answer.feed(bytes(`data: ${deep}\n\n`));
    expect(answer.failure?.name).toBe('StreamError');
  }
});
