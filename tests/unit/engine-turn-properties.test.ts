// What holds of every turn, whatever the server does.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { defaultRetryPolicy } from '../../lib/engine/retry.ts';
import { runTurn } from '../../lib/engine/run-turn.ts';
import type { Clock } from '../../lib/engine/timeouts.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

/** One answer of a server: refused, or so many deltas and then an end. */
type Act =
  | { kind: 'refuse'; status: number }
  | { kind: 'break' }
  | { kind: 'answer'; deltas: number; end: 'done' | 'eof' | 'error' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('refuse' as const), status: fc.constantFrom(400, 401, 404, 429, 500, 503) }),
  fc.record({ kind: fc.constant('break' as const) }),
  fc.record({
    kind: fc.constant('answer' as const),
    deltas: fc.integer({ min: 0, max: 5 }),
    end: fc.constantFrom('done' as const, 'eof' as const, 'error' as const),
  }),
);

// Waits pass at once: what counts here is how often and in which order, not when.
const hasty: Clock = {
  now: () => 0,
  after(ms, fire) {
    if (ms > 60_000) return () => {};
    const timer = setImmediate(fire);
    return () => clearImmediate(timer);
  },
};

/** Every delta of every request has words of its own, so that one which came twice, or was lost, is seen. */
async function play(
  acts: readonly Act[],
  retries: number,
  continuations: number,
  stop = new AbortController(),
  onAwait = () => {},
) {
  let requests = 0;
  const sent: string[] = [];
  const fetch: Fetch = async (_, init) => {
    onAwait();
    if (init.signal?.aborted) throw init.signal.reason;
    const next = acts[requests++] ?? { kind: 'answer', deltas: 1, end: 'done' };
    if (next.kind === 'refuse') return new Response('', { status: next.status });
    if (next.kind === 'break') throw new TypeError('Failed to fetch');
    const words = Array.from({ length: next.deltas }, (_, i) => `request ${requests} says word ${i}; `);
    sent.push(...words);
    const error = next.end === 'error' ? 'data: {"error":{"message":"overloaded","code":503}}\n\n' : '';
    return new Response(words.map(delta).join('') + (next.end === 'done' ? FINISH + DONE : error));
  };
  const message = emptyMessage();
  let code = 'done';
  try {
    const turn = runTurn({
      url: 'https://api.test/v1/chat/completions',
      headers: {},
      request: { model: 'm', messages: [{ role: 'user', content: 'go' }] },
      dialect: openAiDialect,
      timeouts: { connect: 0, firstToken: 0, idle: 0, total: 0 },
      fetch,
      clock: hasty,
      signal: stop.signal,
      retry: { ...defaultRetryPolicy, retries },
      continuations,
      random: () => 0,
    });
    for await (const step of turn) {
      onAwait();
      if (step.type === 'batch') fold(message, step.events);
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    code = error.code;
  }
  return { requests, sent, text: message.text, code };
}

it('asks no more often than repeats and continuations allow', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 12 }),
      fc.nat(5),
      fc.nat(3),
      async (acts, retries, continuations) => {
        const { requests } = await play(acts, retries, continuations);
        // Each stretch between two successes has its own repeats.
        expect(requests).toBeLessThanOrEqual((retries + 1) * (continuations + 1));
      },
    ),
  );
});

it('asks once, when nothing is to be repeated or continued', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 4 }), async (acts) => {
      expect((await play(acts, 0, 0)).requests).toBe(1);
    }),
  );
});

it('never repeats a request of which something was shown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 6 }), fc.nat(5), async (acts, retries) => {
      const { requests } = await play(acts, retries, 0);
      const shown = acts.findIndex((one) => one.kind === 'answer' && one.deltas > 0);
      if (shown >= 0) expect(requests).toBeLessThanOrEqual(shown + 1);
    }),
  );
});

it('shows everything that was sent, in order, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 10 }),
      fc.nat(5),
      fc.nat(3),
      async (acts, retries, continuations) => {
        const { sent, text } = await play(acts, retries, continuations);
        expect(text).toBe(sent.join(''));
      },
    ),
  );
});

it('an abort at any await ends it, and nothing more is asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 6 }), fc.nat(12), async (acts, at) => {
      const stop = new AbortController();
      let awaits = 0;
      let askedAfter = 0;
      const { code } = await play(acts, 3, 3, stop, () => {
        if (stop.signal.aborted) askedAfter++;
        if (awaits++ === at) stop.abort(new StreamError('aborted', 'Stopped.'));
      });
      if (stop.signal.aborted) expect(['aborted', 'done']).toContain(code);
      // One step may be on its way already when the signal fires; no request is.
      expect(askedAfter).toBeLessThanOrEqual(1);
    }),
  );
});
