// A long conversation is drawn from its end, a few turns a frame: the reader starts at the end and should not wait for the rest.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const AT_ONCE = 10;

/** How many of `count` turns, from the first on, are not drawn yet. `isKnown`: the count is the conversation's, not that of nothing. */
export function useGradually(count: number, isKnown: boolean): number {
  const drawn = useSignal(AT_ONCE);
  const now = drawn.value;
  useEffect(() => {
    if (!isKnown || now === Number.POSITIVE_INFINITY) return;
    // Once everything is drawn, what is added later is drawn at once.
    if (now >= count) drawn.value = Number.POSITIVE_INFINITY;
    const timer = setTimeout(() => {
      drawn.value += AT_ONCE;
    }, 16);
    return () => clearTimeout(timer);
  }, [drawn, now, count, isKnown]);
  return Math.max(0, count - now);
}
