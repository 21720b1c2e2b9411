import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StreamError } from '../../lib/engine/errors.ts';
import type { Ask } from '../../lib/engine/fold-turn.ts';
import { once } from '../../lib/engine/retry.ts';
import { runTurn } from '../../lib/engine/run-turn.ts';
import { realClock } from '../../lib/engine/timeouts.ts';
import { runToolLoop, type ToolLoopInput, type ToolLoopStep } from '../../lib/engine/tool-loop.ts';
import type { ChatRequest, JsonObject, RequestMessage, ToolDefinition } from '../../lib/engine/types.ts';
import { extraFields } from '../../lib/providers/openai/chat-body.ts';
import { openAiDialect } from '../../lib/providers/openai/dialect.ts';
import { type Provider, startProvider } from '../provider/server.ts';
import { createScriptedAsk, type Script } from './support/scripted-ask.ts';

const tools: ToolDefinition[] = [
  { name: 'add', description: 'Adds.', parameters: { type: 'object' } },
  { name: 'wait', parameters: { type: 'object' } },
  { name: 'orphan', parameters: { type: 'object' } },
  // Without a handler, though every object answers to it.
  { name: 'toString', parameters: { type: 'object' } },
];
const request: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'What is it?' }] };
const validate = (tool: ToolDefinition, value: JsonObject) =>
  tool.name !== 'add' || (typeof value['a'] === 'number' && Object.keys(value).length === 1)
    ? []
    : ['"a" must be a number, and nothing else is taken.'];
const add = (a: unknown, id?: string) => ({
  name: 'add',
  arguments: JSON.stringify({ a }),
  ...(id === undefined ? {} : { id }),
});

/** Runs the loop to its end; `ran` is what the handler of `add` was given. */
async function drive(ask: Ask, more: Partial<ToolLoopInput> = {}) {
  const ran: JsonObject[] = [];
  const steps: ToolLoopStep[] = [];
  let code = 'done';
  let text = '';
  const handlers: ToolLoopInput['handlers'] = {
    add: (args) => {
      ran.push(args);
      return { sum: Number(args['a']) + 1 };
    },
    ...more.handlers,
  };
  try {
    const loop = runToolLoop({
      ask,
      request,
      tools,
      validate,
      signal: new AbortController().signal,
      ...more,
      handlers,
    });
    for await (const step of loop) {
      steps.push(step);
      if (step.type === 'round-finished') text = '';
      if (step.type !== 'batch') continue;
      for (const event of step.events) if (event.type === 'text') text += event.text;
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    code = error.code;
  }
  const finished = steps.filter((step) => step.type === 'call-finished');
  return { code, text, steps, ran, finished, outcomes: finished.map(({ outcome }) => outcome) };
}

async function run(script: Script, more: Partial<ToolLoopInput> = {}) {
  const { ask, requests } = createScriptedAsk(script);
  return { ...(await drive(ask, more)), requests };
}

const results = (messages: readonly RequestMessage[] | undefined) =>
  (messages ?? []).filter((message) => message.role === 'tool');
const ANSWER = { text: 'It is two.' };

describe('calls', () => {
  it('are run in order and their results go back', async () => {
    const turn = await run([
      { text: 'Let me see.', calls: [add(1, 'x'), { id: 'y', name: 'add', arguments: ' {"a": 2} ' }] },
      ANSWER,
    ]);
    expect(turn).toMatchObject({ code: 'done', text: 'It is two.', outcomes: ['done', 'done'] });
    expect(turn.ran).toEqual([{ a: 1 }, { a: 2 }]);
    expect(turn.requests[0]?.tools).toEqual(tools);
    expect(turn.requests[1]?.messages).toEqual([
      ...request.messages,
      {
        role: 'assistant',
        content: 'Let me see.',
        tool_calls: [
          { id: 'x', type: 'function', function: { name: 'add', arguments: '{"a":1}' } },
          { id: 'y', type: 'function', function: { name: 'add', arguments: '{"a":2}' } },
        ],
      },
      { role: 'tool', content: '{"sum":2}', tool_call_id: 'x' },
      { role: 'tool', content: '{"sum":3}', tool_call_id: 'y' },
    ]);
    expect(turn.steps.map(({ type }) => type).filter((type) => type !== 'batch')).toEqual([
      'call-started',
      'call-finished',
      'call-started',
      'call-finished',
      'round-finished',
    ]);
  });
  it.each(['stop', 'tool_calls', 'function_call', 'eos', null])(
    'run after finish reason %s',
    async (finish) => {
      const turn = await run([{ calls: [add(1)], finish }, ANSWER]);
      expect(turn).toMatchObject({ code: 'done', outcomes: ['done'] });
    },
  );
  it.each(['length', 'max_tokens', 'MAX_TOKENS', 'model_length', 'content_filter', 'error'])(
    'never run after finish reason %s',
    async (finish) => {
      const turn = await run([{ calls: [add(1), add(2)], finish }]);
      expect(turn).toMatchObject({ code: 'tool', ran: [], outcomes: [] });
      expect(turn.requests).toHaveLength(1);
    },
  );
  it('never run when the turn broke', async () => {
    const error = new StreamError('interrupted', 'It broke.');
    expect(await run([{ calls: [add(1)], error, late: true }])).toMatchObject({
      code: 'interrupted',
      ran: [],
    });
  });
  it('an answer without calls that was cut is an answer', async () => {
    expect(await run([{ text: 'half', finish: 'length' }])).toMatchObject({ code: 'done', text: 'half' });
  });
  it('without arguments at all have none', async () => {
    const turn = await run([{ calls: [{ name: 'wait' }] }, ANSWER], {
      handlers: { wait: (args) => ({ ...args }) },
    });
    expect(turn.finished[0]).toMatchObject({ outcome: 'done', content: '{}' });
  });
  it('get ids where they have none, or one that was given before', async () => {
    const turn = await run([
      { calls: [add(1), add(2, 'same'), add(3, 'same')] },
      { calls: [add(4, 'same'), add(5, 'call_1')] },
      ANSWER,
    ]);
    const ids = results(turn.requests[2]?.messages).map(({ tool_call_id }) => tool_call_id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    const asked = turn.requests[2]?.messages.flatMap((message) =>
      'tool_calls' in message ? message.tool_calls.map(({ id }) => id) : [],
    );
    expect(asked).toEqual(ids);
  });
});

describe('a call that cannot run is told so, and the loop goes on', () => {
  it.each([
    ['an unknown tool', { name: 'rm', arguments: '{}' }, 'There is no tool'],
    ['a tool without a handler', { name: 'orphan', arguments: '{}' }, 'There is no tool'],
    ['a tool whose handler would be inherited', { name: 'toString', arguments: '{}' }, 'There is no tool'],
    ['a name of every object', { name: 'constructor', arguments: '{}' }, 'There is no tool'],
    ['no name', { arguments: '{}' }, 'There is no tool'],
    ['bad JSON', { name: 'add', arguments: '{"a":' }, 'cannot be read'],
    ['a list', { name: 'add', arguments: '[1]' }, 'not a JSON object'],
    ['a wrong type', { name: 'add', arguments: '{"a":"1"}' }, 'must be a number'],
    ['an extra field', { name: 'add', arguments: '{"a":1,"b":2}' }, 'must be a number'],
    ['deep nesting', { name: 'add', arguments: '{"a":'.repeat(100) }, '64 levels'],
  ])('%s', async (_, call, problem) => {
    const turn = await run([{ calls: [call] }, ANSWER]);
    expect(turn).toMatchObject({ code: 'done', ran: [], outcomes: ['refused'], text: 'It is two.' });
    expect(results(turn.requests[1]?.messages)[0]?.content).toContain(problem);
    expect(JSON.parse(turn.finished[0]?.content ?? '')).toHaveProperty('error');
    const echoed = turn.requests[1]?.messages.find((message) => 'tool_calls' in message);
    for (const { function: sent } of echoed && 'tool_calls' in echoed ? echoed.tool_calls : []) {
      expect(typeof JSON.parse(sent.arguments)).toBe('object');
      expect(sent.name).not.toBe('');
    }
  });
  it('the same one again, in the same turn or a later one, however it is written', async () => {
    const turn = await run([
      { calls: [add(1), { name: 'add', arguments: '{ "a": 1.0 }' }] },
      { calls: [add(1), add(2)] },
      ANSWER,
    ]);
    expect(turn.ran).toEqual([{ a: 1 }, { a: 2 }]);
    expect(turn.outcomes).toEqual(['done', 'refused', 'refused', 'done']);
    expect(turn.finished[1]?.content).toContain('made before');
  });
  it('the ninth of a turn and all after it', async () => {
    const turn = await run([{ calls: Array.from({ length: 100 }, (_, a) => add(a)) }, ANSWER]);
    expect(turn.ran).toHaveLength(8);
    expect(turn.outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(92);
    expect(results(turn.requests[1]?.messages)).toHaveLength(100);
  });
  it('one whose handler throws, now or later, without the key in its words', async () => {
    const boom = () => {
      throw new Error('no luck with sk-abcdef123456');
    };
    for (const handler of [boom, async () => boom()]) {
      const turn = await run([{ calls: [add(1)] }, ANSWER], { handlers: { add: handler } });
      expect(turn).toMatchObject({ code: 'done', outcomes: ['failed'] });
      expect(turn.finished[0]?.content).toContain('no luck');
      expect(turn.finished[0]?.content).not.toContain('abcdef');
    }
  });
  it('one whose result is no JSON', async () => {
    const circle: JsonObject = {};
    circle['self'] = circle;
    const turn = await run([{ calls: [add(1)] }, ANSWER], { handlers: { add: () => circle } });
    expect(turn).toMatchObject({ code: 'done', outcomes: ['failed'] });
  });
});

describe('results', () => {
  it.each([
    ['text', 'plain', 'plain'],
    ['a value', { a: [1] }, '{"a":[1]}'],
    ['nothing', undefined, 'null'],
  ])('%s', async (_, result, content) => {
    const turn = await run([{ calls: [add(1)] }, ANSWER], { handlers: { add: () => result } });
    expect(turn.finished[0]?.content).toBe(content);
  });
  it('are cut to the limit, not inside a character', async () => {
    const turn = await run([{ calls: [add(1)] }, ANSWER], {
      handlers: { add: () => `a${'😀'.repeat(100)}` },
      maxResultLength: 10,
    });
    expect(turn.finished[0]?.content).toBe(`a${'😀'.repeat(4)}\n[cut: 9 of 201 characters]`);
  });
});

describe('rounds', () => {
  it('end after six, without running a seventh', async () => {
    const turn = await run((asked) => ({ calls: [add(asked)] }));
    expect(turn.code).toBe('tool');
    expect(turn.ran).toHaveLength(6);
    expect(turn.requests).toHaveLength(7);
  });
  it('six and an answer are well', async () => {
    const turn = await run((asked) => (asked <= 6 ? { calls: [add(asked)] } : ANSWER));
    expect(turn).toMatchObject({ code: 'done', text: 'It is two.' });
  });
  it('a forced choice holds for the first only', async () => {
    const script = [{ calls: [add(1)] }, ANSWER];
    const forced = await run(script, { request: { ...request, toolChoice: 'required' } });
    expect(forced.requests.map(({ toolChoice }) => toolChoice)).toEqual(['required', undefined]);
    const free = await run(script, { request: { ...request, toolChoice: 'auto' } });
    expect(free.requests.map(({ toolChoice }) => toolChoice)).toEqual(['auto', 'auto']);
  });
  it('whatever the model does, no policy is broken', async () => {
    const call = fc.record(
      {
        id: fc.constantFrom('', 'a', 'b'),
        name: fc.constantFrom('add', 'wait', 'orphan', 'nope', '__proto__'),
        arguments: fc.oneof(
          fc.constantFrom('{"a":1}', '{"a":2}', '{"a":1,"__proto__":{}}', '', '{"a"', 'null'),
          fc.integer().map((a) => JSON.stringify({ a })),
        ),
      },
      { requiredKeys: [] },
    );
    const turnOf = fc.record(
      {
        calls: fc.array(call, { maxLength: 12 }),
        finish: fc.constantFrom('stop', 'tool_calls', 'length', null),
      },
      { requiredKeys: ['calls', 'finish'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(turnOf, { minLength: 1, maxLength: 9 }), async (script) => {
        const turn = await run((asked) => script[asked - 1] ?? ANSWER, { handlers: { wait: () => null } });
        const started = turn.steps.filter((step) => step.type === 'call-started');
        const keys = started.map(({ call: { name, arguments: words } }) => `${name} ${words}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (let round = 1; round <= 7; round++)
          expect(started.filter((step) => step.round === round).length).toBeLessThanOrEqual(
            round > 6 ? 0 : 8,
          );
        expect(turn.requests.length).toBeLessThanOrEqual(7);
        for (const { messages } of turn.requests) {
          const asked = messages.flatMap((message) => ('tool_calls' in message ? message.tool_calls : []));
          expect(results(messages).map(({ tool_call_id }) => tool_call_id)).toEqual(
            asked.map(({ id }) => id),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('permission', () => {
  it('is asked with exactly what will run, and is needed', async () => {
    const shown: string[] = [];
    const turn = await run([{ calls: [{ name: 'add', arguments: ' {"a" : 1}' }, add(2)] }, ANSWER], {
      permit: ({ arguments: words }) => {
        shown.push(words);
        return words === '{"a":1}';
      },
    });
    expect(shown).toEqual(['{"a":1}', '{"a":2}']);
    expect(turn.ran).toEqual([{ a: 1 }]);
    expect(turn.outcomes).toEqual(['done', 'refused']);
  });
  it('what was allowed cannot be changed before it runs', async () => {
    const { ask } = createScriptedAsk([{ calls: [add(1)] }, ANSWER]);
    await expect(
      drive(ask, {
        permit: (call) => {
          call.arguments = '{"a":666}';
          return true;
        },
      }),
    ).rejects.toThrow(TypeError);
  });
  it('is not asked for what is refused anyway', async () => {
    let asked = 0;
    await run([{ calls: [{ name: 'nope' }, { name: 'add', arguments: '{' }] }, ANSWER], {
      permit: () => ++asked > 0,
    });
    expect(asked).toBe(0);
  });
});

describe('abort', () => {
  const never = new Promise<never>(() => {});
  const stopNow = () => {
    const stop = new AbortController();
    setImmediate(() => stop.abort(new StreamError('aborted', 'Stopped.')));
    return stop.signal;
  };
  it('before the start asks nothing', async () => {
    const signal = AbortSignal.abort();
    const turn = await run([ANSWER], { signal });
    expect(turn).toMatchObject({ code: 'aborted', requests: [] });
  });
  it('ends a turn that does not listen, and closes it', async () => {
    const closed = Promise.withResolvers<void>();
    async function* hang() {
      try {
        yield { type: 'batch' as const, events: [], chunks: 0 };
        await new Promise((resolve) => setTimeout(resolve, 20));
        yield { type: 'batch' as const, events: [], chunks: 0 };
      } finally {
        closed.resolve();
      }
    }
    expect((await drive(() => hang(), { signal: stopNow() })).code).toBe('aborted');
    await closed.promise;
  });
  it('ends a handler that does not listen', async () => {
    const turn = await run([{ calls: [add(1)] }, ANSWER], {
      handlers: { add: () => never },
      signal: stopNow(),
    });
    expect(turn.code).toBe('aborted');
    expect(turn.requests).toHaveLength(1);
  });
  it('is heard by a handler that listens, and is not its failure', async () => {
    const turn = await run([{ calls: [add(1)] }, ANSWER], {
      handlers: {
        add: (_, { signal }) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new Error('gone'))),
          ),
      },
      signal: stopNow(),
    });
    expect(turn).toMatchObject({ code: 'aborted', outcomes: [] });
  });
  it('ends a question for permission', async () => {
    const turn = await run([{ calls: [add(1)] }, ANSWER], { permit: () => never, signal: stopNow() });
    expect(turn).toMatchObject({ code: 'aborted', ran: [] });
  });
  it('at any step ends the loop with that step', async () => {
    const script = [{ text: 'Let me see.', calls: [add(1), add(2)] }, { calls: [add(3)] }, ANSWER];
    const whole = await run(script);
    for (let at = 0; at < whole.steps.length; at++) {
      const stop = new AbortController();
      const { ask } = createScriptedAsk(script);
      const seen: ToolLoopStep[] = [];
      const ranAfter: unknown[] = [];
      const loop = runToolLoop({
        ask,
        request,
        tools,
        validate,
        handlers: {
          add: (args) => {
            if (stop.signal.aborted) ranAfter.push(args);
            return null;
          },
        },
        signal: stop.signal,
      });
      await expect(
        (async () => {
          for await (const step of loop) if (seen.push(step) === at + 1) stop.abort();
        })(),
      ).rejects.toMatchObject({ code: 'aborted' });
      expect(seen).toHaveLength(at + 1);
      expect(ranAfter).toEqual([]);
    }
  });
});

describe('over a real server', () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({ rate: 0 });
  });
  afterAll(() => provider.close());

  it('tools, calls and results are on the wire', async () => {
    provider.plan([
      {
        text: '',
        splitBytes: 7,
        splitDelayMs: 0,
        toolCalls: [
          { id: 'a1', name: 'add', arguments: { a: 41 } },
          { id: 'a2', name: 'nope', arguments: '{' },
        ],
      },
      { text: 'Forty-two.' },
    ]);
    const ask: Ask = (chat) =>
      runTurn({
        url: openAiDialect.chatUrl(provider.url),
        headers: openAiDialect.headers('k'),
        request: chat,
        dialect: {
          ...openAiDialect,
          chatBody: (given) => ({ ...openAiDialect.chatBody(given), ...extraFields(given) }),
        },
        timeouts: { connect: 5000, firstToken: 5000, idle: 5000, total: 20_000 },
        fetch,
        clock: realClock,
        signal: new AbortController().signal,
        ...once,
      });
    const turn = await drive(ask, { request: { ...request, toolChoice: { name: 'add' } } });
    expect(turn).toMatchObject({ code: 'done', text: 'Forty-two.', ran: [{ a: 41 }] });
    const [first, second] = provider.journal.map(({ body }) => body as JsonObject);
    expect(first?.['tool_choice']).toEqual({ type: 'function', function: { name: 'add' } });
    expect(first?.['tools']).toContainEqual({
      type: 'function',
      function: { name: 'add', description: 'Adds.', parameters: { type: 'object' } },
    });
    expect(second).not.toHaveProperty('tool_choice');
    expect(second?.['messages']).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a1' }, { id: 'a2', function: { arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a1', content: '{"sum":42}' },
      { role: 'tool', tool_call_id: 'a2' },
    ]);
  });
});
