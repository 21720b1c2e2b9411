import { beforeEach, describe, expect, it, vi } from 'vitest';
import { realClock } from '../../lib/engine/timeouts.ts';
import { createSegmentRelay } from '../../lib/jobs/segment-relay.ts';
import type { SegmentEvent, SegmentState } from '../../lib/protocol/page.ts';

const text = (id: number, part: string, state?: SegmentState): SegmentEvent => ({
  type: 'segment',
  id,
  text: part,
  ...(state ? { state } : {}),
});

function setUp() {
  const sent: SegmentEvent[][] = [];
  const relay = createSegmentRelay(({ events }) => sent.push(events), realClock.after);
  return { relay, sent };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('what comes for the segments of a page', () => {
  it('goes at once where nothing was sent just now', async () => {
    const { relay, sent } = setUp();
    relay.post(text(1, 'Ho', 'streaming'));
    await Promise.resolve();
    expect(sent).toEqual([[text(1, 'Ho', 'streaming')]]);
  });

  it('waits for two frames where it is more text, and is joined', async () => {
    const { relay, sent } = setUp();
    relay.post(text(1, 'Ho', 'streaming'));
    await Promise.resolve();
    for (const part of ['l', 'a', ' m']) relay.post(text(1, part));
    relay.post(text(2, 'x'));
    relay.post(text(1, 'u'));
    await Promise.resolve();
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(40);
    expect(sent[1]).toEqual([text(1, 'la m'), text(2, 'x'), text(1, 'u')]);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(2);
  });

  it('takes along what was held where it is the first or the end of a segment', async () => {
    const { relay, sent } = setUp();
    relay.post(text(1, 'a', 'streaming'));
    await Promise.resolve();
    relay.post(text(1, 'b'));
    relay.post(text(2, 'x', 'streaming'));
    await Promise.resolve();
    expect(sent[1]).toEqual([text(1, 'b'), text(2, 'x', 'streaming')]);
    relay.post(text(1, 'c'));
    relay.post({ type: 'segment', id: 1, state: 'done' });
    await Promise.resolve();
    expect(sent[2]).toEqual([text(1, 'c'), { type: 'segment', id: 1, state: 'done' }]);
  });

  it('is one message where all of it is known at once', async () => {
    const { relay, sent } = setUp();
    for (let id = 1; id <= 200; id += 1) relay.post(text(id, 'kept', 'done'));
    await Promise.resolve();
    expect(sent.map((events) => events.length)).toEqual([200]);
  });

  it('is all there before the end is told', () => {
    const { relay, sent } = setUp();
    relay.post(text(1, 'a', 'streaming'));
    relay.post(text(1, 'b'));
    relay.flush();
    expect(sent).toEqual([[text(1, 'a', 'streaming'), text(1, 'b')]]);
  });

  it('is never joined with a state, and loses no text in any mix', async () => {
    const { relay, sent } = setUp();
    let wanted = '';
    for (let turn = 0; turn < 500; turn += 1) {
      const part = String.fromCharCode(97 + (turn % 26));
      relay.post(text(1, part, turn % 17 === 0 ? 'streaming' : undefined));
      wanted += part;
      if (turn % 3 === 0) await Promise.resolve();
      if (turn % 5 === 0) vi.advanceTimersByTime(7);
    }
    relay.flush();
    const all = sent.flat().map((event) => (event.type === 'segment' ? event.text : ''));
    expect(all.join('')).toBe(wanted);
  });
});
