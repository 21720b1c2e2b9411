import { expect, it } from 'vitest';
import { readAfterError } from '../../lib/engine/after-error.ts';
import { Answer } from '../../lib/engine/answer.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { chunk, DONE, event, usage } from '../fixtures/chunks.ts';
import { FakeClock } from './support/fake-clock.ts';

const FAILED = event({ error: { message: 'boom' } });
const USAGE = event({ choices: [], usage });

/** An answer that has failed, and a body of which more may come. */
function fail(failure = FAILED) {
  const clock = new FakeClock();
  const answer = new Answer(openAiDialect);
  const message = emptyMessage();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let captured = 0;
  const capture = {
    add: ({ length }: Uint8Array) => {
      captured += length;
    },
  };
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given;
    },
    cancel: () => {
      cancelled = true;
    },
  });
  fold(message, answer.feed(new TextEncoder().encode(chunk({ content: 'a' }) + failure)).events);
  const run = async () => {
    for await (const batch of readAfterError(body.getReader(), answer, { clock, capture }))
      fold(message, batch.events);
  };
  const write = (text: string) => controller?.enqueue(new TextEncoder().encode(text));
  return {
    clock,
    answer,
    message,
    write,
    controller,
    run: run(),
    captured: () => captured,
    cancelled: () => cancelled,
  };
}

it('takes the usage that comes later, and nothing else', async () => {
  const { answer, message, write, run, clock, captured } = fail();
  for (const byte of chunk({ content: 'no' }) + FAILED + USAGE) write(byte);
  await run;
  expect(message).toMatchObject({ text: 'a', usage: { raw: usage } });
  expect(answer.failure).toMatchObject({ code: 'server', message: 'boom' });
  expect(clock.pending).toBe(0);
  expect(captured()).toBe((chunk({ content: 'no' }) + FAILED + USAGE).length);
});

it('ends with [DONE], with the body, and when the body breaks', async () => {
  const done = fail();
  done.write(DONE);
  await done.run;
  const closed = fail();
  closed.write(USAGE.trimEnd());
  closed.controller?.close();
  await closed.run;
  expect(closed.message.usage?.raw).toEqual(usage);
  const broken = fail();
  broken.controller?.error(new TypeError('reset'));
  await broken.run;
  expect([done, closed, broken].map(({ answer }) => answer.failure?.message)).toEqual([
    'boom',
    'boom',
    'boom',
  ]);
});

it('does not wait long for a server that leaves the body open', async () => {
  const { clock, run, cancelled } = fail();
  clock.advance(249);
  expect(cancelled()).toBe(false);
  clock.advance(1);
  await run;
  expect(cancelled()).toBe(true);
});

it('does not read on after what was never a chunk', async () => {
  const { run, clock, answer } = fail(event('{broken}'));
  await run;
  expect(answer.failure?.code).toBe('bad-data');
  expect(clock.pending).toBe(0);
});
