// The answer that was asked for before the page's code was there is taken over once, whole, by whoever asks for just that.
import { afterEach, expect, it, vi } from 'vitest';
import { withEarlyAnswer } from '../../lib/platform/early.ts';
import { type Channel, channelPair } from '../../lib/protocol/channel.ts';
import { openRequest } from '../../lib/protocol/client.ts';

const place = globalThis as { runnelEarly?: unknown };
afterEach(() => {
  delete place.runnelEarly;
});

/** A port as the first script leaves it. */
function leaveEarly(messages: unknown[], isClosed = false) {
  const listeners: ((message: unknown) => void)[] = [];
  const closers: (() => void)[] = [];
  const posted: unknown[] = [];
  const port = {
    postMessage: (message: unknown) => posted.push(message),
    disconnect: () => {},
    onMessage: { addListener: (listener: (message: unknown) => void) => listeners.push(listener) },
    onDisconnect: { addListener: (listener: () => void) => closers.push(listener) },
  };
  place.runnelEarly = { port, messages, isClosed };
  return {
    posted,
    say: (message: unknown) => {
      for (const listener of listeners) listener(message);
    },
    close: () => {
      for (const closer of closers) closer();
    },
  };
}

/** Opens requests that a worker of the test answers with what it was asked. */
function createConnect() {
  const asked: unknown[] = [];
  const connect = withEarlyAnswer((): Channel => {
    const [view, worker] = channelPair();
    worker.onMessage((message) => {
      asked.push(message);
      worker.post({ type: 'done', value: 'late' });
    });
    return view;
  });
  return { connect, asked };
}

it('answers at once where it is there, and only once', async () => {
  const { posted } = leaveEarly([{ type: 'done', value: 'early' }]);
  const { connect, asked } = createConnect();
  expect(await openRequest<'conversation'>(connect, { type: 'conversation' }).result).toBe('early');
  expect(posted).toEqual([]);
  expect(await openRequest<'conversation'>(connect, { type: 'conversation' }).result).toBe('late');
  expect(asked).toEqual([{ type: 'conversation' }]);
});

it('is waited for where it is on its way', async () => {
  const early = leaveEarly([]);
  const { connect } = createConnect();
  const { result } = openRequest<'conversation'>(connect, { type: 'conversation' });
  early.say({ type: 'done', value: 'soon' });
  expect(await result).toBe('soon');
});

it.each([true, false])('that never comes is a worker that is gone (closed before: %s)', async (isClosed) => {
  const early = leaveEarly([], isClosed);
  const { connect } = createConnect();
  const { result } = openRequest<'conversation'>(connect, { type: 'conversation' });
  if (!isClosed) early.close();
  await expect(result).rejects.toMatchObject({ code: 'worker-gone' });
});

it('answers no other question', async () => {
  leaveEarly([{ type: 'done', value: 'early' }]);
  const { connect, asked } = createConnect();
  expect(await openRequest<'settings'>(connect, { type: 'settings' }).result).toBe('late');
  expect(await openRequest<'conversation'>(connect, { type: 'conversation', id: 'c1' }).result).toBe('late');
  expect(asked).toHaveLength(2);
  await vi.waitFor(() => expect(place.runnelEarly).toBeDefined());
});
