import { describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import { emptyMessage, fold } from '../../lib/engine/fold.ts';
import { defaultRetryPolicy } from '../../lib/engine/retry.ts';
import { runTurn, type TurnInput, type TurnStep } from '../../lib/engine/run-turn.ts';
import type { Fetch } from '../../lib/engine/transport.ts';
import type { RequestMessage } from '../../lib/engine/types.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { FakeClock } from './support/fake-clock.ts';
import { DONE, delta, FINISH } from './support/scripted-body.ts';

const ANSWER =
  'A stream begins almost by accident. Rain falls on a hillside, finds a crease in the ground, and follows it because nothing else is asked of it.';

type Script = (messages: RequestMessage[], call: number) => Response | Promise<Response>;

/** Runs a turn against a scripted server; waits pass at once, and are remembered. */
async function run(script: Script, more: Partial<TurnInput> = {}) {
  const clock = new FakeClock();
  const requests: RequestMessage[][] = [];
  const fetch: Fetch = async (_, init) => {
    const { messages } = JSON.parse(String(init.body)) as { messages: RequestMessage[] };
    requests.push(messages);
    return script(messages, requests.length);
  };
  const message = emptyMessage();
  const steps: TurnStep['type'][] = [];
  const waits: number[] = [];
  let code = 'done';
  try {
    const turn = runTurn({
      url: 'https://api.test/v1/chat/completions',
      headers: {},
      request: { model: 'm', messages: [{ role: 'user', content: 'go' }] },
      dialect: openAiDialect,
      timeouts: { connect: 0, firstToken: 0, idle: 0, total: 0 },
      fetch,
      clock: {
        now: () => clock.now(),
        after: (ms, fire) => {
          const cancel = clock.after(ms, fire);
          setImmediate(() => clock.advance(ms));
          return cancel;
        },
      },
      signal: new AbortController().signal,
      retry: defaultRetryPolicy,
      continuations: 3,
      random: () => 0.5,
      ...more,
    });
    for await (const step of turn) {
      if (step.type === 'batch') fold(message, step.events);
      else steps.push(step.type);
      if (step.type === 'retrying') waits.push(step.waitMs);
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    code = error.code;
  }
  return { message, steps, waits, requests, code };
}

const status = (code: number, headers: Record<string, string> = {}) =>
  new Response('', { status: code, headers });
const whole = (text: string) => new Response(delta(text) + FINISH + DONE);
/** A body that ends, or breaks, before its answer does. */
const cut = (text: string) => new Response(text === '' ? ': nothing\n\n' : delta(text));

describe('repeat, while nothing was shown', () => {
  it('until it works, with the waits in between', async () => {
    const turn = await run((_, call) => (call < 3 ? status(500) : whole('ok')));
    expect(turn).toMatchObject({ code: 'done', message: { text: 'ok' }, steps: ['retrying', 'retrying'] });
    expect(turn.waits).toEqual([750, 1500]);
    expect(turn.requests).toHaveLength(3);
  });
  it('and no more often than set', async () => {
    const turn = await run(() => status(503));
    expect(turn.code).toBe('overloaded');
    expect(turn.requests).toHaveLength(4);
    const never = await run(() => status(503), { retry: { ...defaultRetryPolicy, retries: 0 } });
    expect(never.requests).toHaveLength(1);
  });
  it('after the time the server asks for', async () => {
    const turn = await run((_, call) => (call === 1 ? status(429, { 'retry-after': '2' }) : whole('ok')));
    expect(turn.waits).toEqual([2000]);
    const long = await run(() => status(429, { 'retry-after': '61' }));
    expect(long).toMatchObject({ code: 'rate-limited', waits: [] });
  });
  it.each([400, 401, 402, 403, 404, 413])('not after %i', async (code) => {
    expect((await run(() => status(code))).requests).toHaveLength(1);
  });
  it('an empty answer that was cut is asked for again', async () => {
    const turn = await run((_, call) => (call === 1 ? cut('') : whole('ok')));
    expect(turn).toMatchObject({ message: { text: 'ok' }, steps: ['retrying'] });
  });
  it('a bug of ours is not repeated', async () => {
    const bug = () => {
      throw new RangeError('bug');
    };
    await expect(run(bug)).rejects.toThrow(RangeError);
  });
});

describe('continue, once something was shown', () => {
  it.each([
    ['goes on cleanly', (partial: string) => ANSWER.slice(partial.length)],
    ['repeats its last words', (partial: string) => ANSWER.slice(Math.max(0, partial.length - 30))],
    [
      'begins with a preamble',
      (partial: string) => `Sure, continuing:\n\n${ANSWER.slice(Math.max(0, partial.length - 50))}`,
    ],
    ['starts over with the same words', () => ANSWER],
  ])('a model that %s', async (_, rest) => {
    for (const at of [50, 61, 80, 100]) {
      const turn = await run((messages, call) => {
        if (call === 1) return cut(ANSWER.slice(0, at));
        expect(messages.at(-2)).toEqual({ role: 'assistant', content: ANSWER.slice(0, at) });
        expect(messages.at(-1)?.role).toBe('user');
        return whole(rest(ANSWER.slice(0, at)));
      });
      expect(turn.message.text, `cut at ${at}`).toBe(ANSWER);
      expect(turn).toMatchObject({ code: 'done', steps: ['continuing'], message: { finishReason: 'stop' } });
      expect(turn.requests).toHaveLength(2);
    }
  });
  it('three times, each from where the last one broke, and no fourth time', async () => {
    const pieces = [0, 40, 70, 100, ANSWER.length];
    const turn = await run((_, call) => {
      const piece = ANSWER.slice(pieces[call - 1], pieces[call]);
      return call === 4 ? whole(piece) : cut(piece);
    });
    expect(turn.message.text).toBe(ANSWER);
    expect(turn.steps).toEqual(['continuing', 'continuing', 'continuing']);
    const endless = await run((_, call) => cut(`piece number ${call} of many `));
    expect(endless.code).toBe('interrupted');
    expect(endless.requests).toHaveLength(4);
    expect(endless.message.text).toBe(
      'piece number 1 of many piece number 2 of many piece number 3 of many piece number 4 of many ',
    );
  });
  it('a continuation that fails before it brings anything is repeated, not continued', async () => {
    const turn = await run((_, call) => {
      if (call === 1) return cut(ANSWER.slice(0, 60));
      return call < 4 ? status(503) : whole(ANSWER.slice(60));
    });
    expect(turn.message.text).toBe(ANSWER);
    expect(turn.steps.filter((step) => step === 'retrying')).toHaveLength(2);
    expect(turn.requests).toHaveLength(4);
  });
  it('a refused key in the middle ends it, and keeps what came', async () => {
    const turn = await run((_, call) => (call === 1 ? cut('Something was said. ') : status(401)));
    expect(turn).toMatchObject({ code: 'unauthorised', message: { text: 'Something was said. ' } });
  });
  it('an answer begun anew with other words is not mixed in', async () => {
    const turn = await run(
      (_, call) => (call === 1 ? cut(ANSWER.slice(0, 90)) : whole(`${ANSWER.slice(0, 45)} but no.`)),
      {
        continuations: 1,
      },
    );
    expect(turn).toMatchObject({ code: 'interrupted', message: { text: ANSWER.slice(0, 90) } });
  });
  it('a model that answers something else is shown as it is, behind the seam', async () => {
    const other = 'I am sorry, which answer do you mean?';
    const turn = await run((_, call) => (call === 1 ? cut(ANSWER.slice(0, 90)) : whole(other)));
    expect(turn).toMatchObject({ code: 'done', message: { text: ANSWER.slice(0, 90) + other } });
  });
  it('never with a tool call in flight', async () => {
    const call = JSON.stringify({
      choices: [
        { delta: { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x' } }] } },
      ],
    });
    const turn = await run(() => new Response(`${delta('I will look. ')}data: ${call}\n\n`));
    expect(turn.code).toBe('interrupted');
    expect(turn.requests).toHaveLength(1);
  });
  it('not when it is switched off', async () => {
    const turn = await run(() => cut('half'), { continuations: 0 });
    expect(turn).toMatchObject({ code: 'interrupted', message: { text: 'half' } });
    expect(turn.requests).toHaveLength(1);
  });
  it('a continuation without white space of its own gets none, and keeps what it has', async () => {
    const turn = await run((_, call) => (call === 1 ? cut('The unfin') : whole('ished word.\n\n  And more')));
    expect(turn.message.text).toBe('The unfinished word.\n\n  And more');
  });
});

describe('abort', () => {
  it('ends a wait at once', async () => {
    const stop = new AbortController();
    const asked: number[] = [];
    const turn = run(
      (_, call) => {
        asked.push(call);
        setImmediate(() => stop.abort(new StreamError('aborted', 'Stopped.')));
        return status(429, { 'retry-after': '30' });
      },
      { signal: stop.signal, clock: new FakeClock() },
    );
    expect((await turn).code).toBe('aborted');
    expect(asked).toEqual([1]);
  });
});

it('goes on from an answer that broke before', async () => {
  const partial = ANSWER.slice(0, 70);
  const turn = await run(
    (messages) => {
      expect(messages.at(-2)).toEqual({ role: 'assistant', content: partial });
      return whole(ANSWER.slice(60));
    },
    { partial },
  );
  expect(partial + turn.message.text).toBe(ANSWER);
  expect(turn.requests).toHaveLength(1);
});
