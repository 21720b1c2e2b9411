import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSaver } from '../../lib/jobs/saver.ts';
import type { Turn } from '../../lib/protocol/contract.ts';
import { turnOf } from './chat-worker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A disk that takes its time: each write ends when the test says so. */
function create() {
  const turn = turnOf('t', { reply: { ...turnOf('t').reply, text: '' } });
  const written: string[] = [];
  const waiting: { resolve(): void; reject(error: Error): void }[] = [];
  const save = (given: Turn) => {
    written.push(given.reply.text);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.push({ resolve, reject });
    return promise;
  };
  const troubles: unknown[] = [];
  const saver = createSaver(turn, save, (error) => troubles.push(error));
  const grow = (text: string) => {
    turn.reply.text += text;
    saver.grew();
  };
  const settle = async () => {
    for (let i = 0; i < 6; i++) await Promise.resolve();
  };
  return { saver, written, waiting, grow, troubles, settle };
}

it('writes the first words at once, later ones after a moment or when they are many', async () => {
  const { grow, written, waiting, settle } = create();
  grow('a');
  expect(written).toEqual(['a']);
  waiting[0]?.resolve();
  await settle();
  grow('b');
  expect(written).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(written.at(-1)).toBe('ab');
  waiting[1]?.resolve();
  await settle();
  grow('c'.repeat(2048));
  expect(written).toHaveLength(3);
});

it('never writes twice at once; what came meanwhile is one more write', async () => {
  const { grow, written, waiting, settle } = create();
  grow('a');
  for (let i = 0; i < 50; i++) grow('b'.repeat(3000));
  expect(written).toHaveLength(1);
  waiting[0]?.resolve();
  await settle();
  expect(written).toHaveLength(2);
  expect(written[1]).toHaveLength(150_001);
});

it('the last write has everything, and tells how it went', async () => {
  const { saver, grow, written, waiting, troubles, settle } = create();
  grow('a');
  grow('b');
  const finished = saver.finish();
  waiting[0]?.reject(new Error('full'));
  await settle();
  expect(troubles).toHaveLength(1);
  expect(written).toEqual(['a', 'ab']);
  waiting[1]?.reject(new Error('full still'));
  await expect(finished).rejects.toThrow('full still');
});
