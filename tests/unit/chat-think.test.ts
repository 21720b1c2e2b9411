// Reasoning that a model writes into its answer, as the view and the next request see it.
import { expect, it } from 'vitest';
import { Reply } from '../../lib/chat/reply.ts';
import type { Delta, StateEvent } from '../../lib/chat/reply-types.ts';
import { emptyMessage } from '../../lib/engine/fold.ts';
import { emptyStats } from '../../lib/engine/stats.ts';
import { chatMessages } from '../../lib/jobs/history.ts';
import type { Turn } from '../../lib/protocol/contract.ts';
import { turnOf } from './chat-worker.ts';

const live = () => new Reply(turnOf('t', { state: 'waiting', reply: emptyMessage() }), () => 0);
let seq = 0;
const delta = (text: string): Delta => ({
  type: 'delta',
  seq: ++seq,
  events: [{ type: 'text', text }],
  chunks: 1,
  elapsedMs: 10,
});
const done = (): StateEvent => ({
  type: 'state',
  seq: ++seq,
  state: 'done',
  trouble: null,
  stats: emptyStats(),
});

it('tags that are split over deltas do not show', () => {
  const reply = live();
  for (const piece of ['<th', 'ink>hm', 'm</thi', 'nk>\n\nThe answer', '.']) reply.applyDelta(delta(piece));
  reply.applyState(done());
  expect(reply.reasoning.text.trim()).toBe('hmm');
  expect(reply.text.text).toBe('The answer.');
  expect(reply.thinking.value).not.toBeNull();
});

it('what only its end shows to be reasoning moves there', () => {
  const reply = live();
  for (const piece of ['First I ', 'think.\n</think>\n', 'Then I say.']) reply.applyDelta(delta(piece));
  reply.applyState(done());
  expect(reply.text.text).toBe('Then I say.');
  expect(reply.reasoning.text).toContain('First I think.');
});

it('what looks like the beginning of a tag is part of an answer that ends there', () => {
  const reply = live();
  reply.applyDelta(delta('<thi'));
  reply.applyState(done());
  expect(reply.text.text).toBe('<thi');
});

it('a stored answer shows the same, with its seams where they were', () => {
  const text = '<think>hm</think>One two three';
  const seam = text.indexOf(' three');
  const reply = new Reply(turnOf('t', { reply: { ...emptyMessage(), text }, seams: [seam] }), () => 0);
  let drawn = '';
  reply.text.attach({
    append: (more) => (drawn += more),
    mark: () => (drawn += '|'),
    reset: () => (drawn = ''),
    end: () => {},
  });
  expect(drawn).toBe('One two| three');
});

it('is not sent back', () => {
  const turn = { userText: 'a', reply: { text: '<think>hm</think>A' } } as Turn;
  expect(chatMessages([turn], { id: 'q', userText: 'b' })[1]).toEqual({ role: 'assistant', content: 'A' });
});
