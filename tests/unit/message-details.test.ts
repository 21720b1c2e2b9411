// What is told of a message: how long the model thought, what it cost, which tools it wants, and which keys do what.
import { describe, expect, it } from 'vitest';
import { costOf, dollars, partsOf } from '../../lib/chat/cost.ts';
import { detailLines } from '../../lib/chat/details.ts';
import { keyGroups } from '../../lib/chat/shortcut-list.ts';
import { findKeyAction, type KeyPlace } from '../../lib/chat/shortcuts.ts';
import { shortArguments, shownArguments } from '../../lib/chat/tool-words.ts';
import { createTurnModel } from '../../lib/chat/turn-model.ts';
import { emptyStats } from '../../lib/engine/stats.ts';
import { createThinkingTime } from '../../lib/engine/thinking-time.ts';
import type { Usage } from '../../lib/engine/types.ts';
import type { Turn } from '../../lib/protocol/contract.ts';
import { turnOf } from './chat-worker.ts';

const usage = (raw: Usage['raw'] = {}): Usage => ({
  promptTokens: 2000,
  completionTokens: 500,
  totalTokens: 2500,
  raw,
});

describe('the time of thinking', () => {
  const measure = (...batches: [ms: number, type: 'text' | 'reasoning', text: string][]) => {
    const stats = emptyStats();
    const time = createThinkingTime(stats);
    for (const [ms, type, text] of batches) time.take([{ type, text }], ms);
    return { stats, time };
  };

  it('is from the first thought to the first word', () => {
    const { stats } = measure(
      [100, 'reasoning', 'Hm'],
      [900, 'reasoning', 'm'],
      [1600, 'text', 'A'],
      [2000, 'text', 'B'],
    );
    expect(stats.thoughtMs).toBe(1500);
  });

  it('counts thoughts between tags', () => {
    const { stats } = measure(
      [100, 'text', '<think>Hm'],
      [900, 'text', 'm</think>'],
      [1600, 'text', 'Answer'],
    );
    expect(stats.thoughtMs).toBe(1500);
  });

  it('ends with the turn where no answer follows, and is absent without thoughts', () => {
    const only = measure([100, 'reasoning', 'Hm']);
    only.time.end(700);
    expect(only.stats.thoughtMs).toBe(600);
    const none = measure([100, 'text', 'Hm']);
    none.time.end(700);
    expect(none.stats.thoughtMs).toBeUndefined();
  });

  it('is kept by a turn that goes on', () => {
    const stats = { ...emptyStats(), thoughtMs: 40 };
    const time = createThinkingTime(stats);
    time.take([{ type: 'reasoning', text: 'more' }], 5000);
    time.end(9000);
    expect(stats.thoughtMs).toBe(40);
  });
});

describe('cost', () => {
  it('is told for what the server counted', () => {
    expect(costOf(usage(), { input: 0.5, output: 1.5 })).toBeCloseTo(0.00175, 8);
    expect(costOf({ ...usage(), promptTokens: null }, { input: 0.5, output: 1.5 })).toBeNull();
  });
  it.each([
    [0, '$0.00'],
    [0.00175, '$0.0018'],
    [0.0000012, '$0.0000012'],
    [0.04, '$0.04'],
    [0.5, '$0.50'],
    [12.345, '$12.35'],
  ])('%d is %s', (amount, words) => expect(dollars(amount)).toBe(words));

  it('knows the spellings of cached and reasoning tokens', () => {
    expect(partsOf(usage({ prompt_tokens_details: { cached_tokens: 7 } }))).toEqual({
      cached: 7,
      reasoning: null,
    });
    expect(
      partsOf(usage({ cache_read_input_tokens: 8, completion_tokens_details: { reasoning_tokens: 0 } })),
    ).toEqual({
      cached: 8,
      reasoning: 0,
    });
    expect(partsOf(usage({ prompt_tokens_details: 'no', completion_tokens_details: [1] }))).toEqual({
      cached: null,
      reasoning: null,
    });
  });
});

describe('details', () => {
  const lines = (more: Partial<Turn>, price: Parameters<typeof detailLines>[1] = null) =>
    Object.fromEntries(
      detailLines(
        createTurnModel(turnOf('t', more), () => 0),
        price,
      ).map(({ label, value }) => [label, value]),
    );

  it('tell what is known and nothing else', () => {
    expect(lines({ model: '', origin: '' })).toEqual({ State: 'Complete' });
    const stats = {
      ...emptyStats(),
      chunks: 3,
      tokens: 500,
      usageIsReal: true,
      ttftMs: 100,
      elapsedMs: 1100,
      thoughtMs: 2000,
    };
    const reply = {
      ...turnOf('t').reply,
      usage: usage({ prompt_tokens_details: { cached_tokens: 7 } }),
      reasoning: 'Hm',
    };
    expect(
      lines({ stats, reply, attempts: [{ at: 5, status: 200, code: null }] }, { input: 1, output: 2 }),
    ).toEqual({
      State: 'Complete',
      Model: 'm',
      Server: 'ai.megallm.io',
      'First token': '0.10 s',
      Thinking: '2.00 s',
      Duration: '1.10 s',
      Speed: '500 tokens a second',
      Answer: '500 tokens',
      Chunks: '3',
      Input: '2,000 tokens',
      'Cached, of the input': '7 tokens',
      Total: '2,500 tokens',
      Cost: 'about $0.003',
      'HTTP status': '200',
    });
  });

  it('mark what is estimated, and list the requests where one failed', () => {
    const stats = { ...emptyStats(), chunks: 3, tokens: 50.4, ttftMs: 100, elapsedMs: 20_100, retries: 1 };
    const attempts = [
      { at: 1000, status: 503, code: 'server' },
      { at: 3500, status: 200, code: null },
    ] as const;
    expect(
      lines({ stats, state: 'partial', seams: [3, 9], attempts: [...attempts], model: '', origin: '' }),
    ).toEqual({
      State: 'Ended early',
      'First token': '0.10 s',
      Duration: '20.1 s',
      Speed: '~2.5 tokens a second',
      Answer: '~50 tokens',
      Chunks: '3',
      Retries: '1',
      Continued: '2 times',
      'Request 1': 'after 0.00 s: 503, server',
      'Request 2': 'after 2.50 s: 200',
    });
  });
});

describe('arguments of a tool', () => {
  it('are one line in short, whole or not', () => {
    expect(shortArguments('{"city":"Berlin","days":3,"deep":{"a":[1]}}')).toBe(
      'city: Berlin, days: 3, deep: {"a":[1]}',
    );
    expect(shortArguments('{"city":"Ber')).toBe('{"city":"Ber');
    expect(shortArguments('[1,\n2]')).toBe('[1, 2]');
    expect(
      shortArguments(JSON.stringify({ a: 'x'.repeat(500), b: 'y'.repeat(500), c: 'z'.repeat(500) })).length,
    ).toBe(120);
  });
  it('are bounded where they are shown', () => {
    expect(shownArguments('{"a":1}')).toEqual({ text: '{\n  "a": 1\n}', hidden: 0 });
    expect(shownArguments('x'.repeat(20_007))).toEqual({ text: 'x'.repeat(20_000), hidden: 7 });
  });
});

describe('keys', () => {
  const press = (key: string, place: KeyPlace, more = {}) =>
    findKeyAction({ key, altKey: false, ctrlKey: false, metaKey: false, isComposing: false, ...more }, place);

  it('are text in a box, and letters count among the messages only', () => {
    expect(press('j', 'messages')).toBe('next-message');
    for (const place of ['text', 'other'] as const) expect(press('j', place)).toBeUndefined();
    expect(press('?', 'text')).toBeUndefined();
    for (const place of ['messages', 'other'] as const) expect(press('?', place)).toBe('shortcuts');
    expect(press('constructor', 'messages')).toBeUndefined();
  });
  it('with Alt or Ctrl count everywhere, and leave the browser its own', () => {
    for (const place of ['text', 'messages', 'other'] as const) {
      expect(press('ArrowUp', place, { altKey: true })).toBe('previous-message');
      expect(press('/', place, { ctrlKey: true })).toBe('shortcuts');
      expect(press('/', place, { metaKey: true })).toBe('shortcuts');
      expect(press('c', place, { ctrlKey: true })).toBeUndefined();
    }
    expect(press('ArrowUp', 'text', { altKey: true, isComposing: true })).toBeUndefined();
  });
  it('are all told, and every one that is told does something', () => {
    const told =
      keyGroups('enter')
        .find(({ title }) => title === 'Among the messages')
        ?.lines.flatMap(({ keys }) => keys.flat()) ?? [];
    expect(told).not.toHaveLength(0);
    for (const key of told) expect(press(key, 'messages'), key).toBeDefined();
  });

  it('of the message box are those of the settings', () => {
    const box = (sendWith: 'enter' | 'ctrl-enter') =>
      keyGroups(sendWith).find(({ title }) => title === 'In the message box')?.lines;
    expect(box('enter')).toEqual([
      { what: 'Send', keys: [['Enter']] },
      { what: 'New line', keys: [['Shift', 'Enter']] },
    ]);
    expect(box('ctrl-enter')).toEqual([
      { what: 'Send', keys: [['Ctrl', 'Enter']] },
      { what: 'New line', keys: [['Enter']] },
    ]);
  });
});
