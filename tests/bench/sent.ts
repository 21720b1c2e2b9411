// When the server has sent what, by its journal.
import { now } from '../provider/journal.ts';
import type { Provider } from '../provider/server.ts';

export interface Sent {
  /** Epoch milliseconds of the first of the words that was sent. */
  first: Promise<number>;
  /** Resolves, with the words that have not been sent, as soon as that many characters have. */
  most: Promise<string[]>;
  /** Epoch milliseconds of the last of the words. */
  last: Promise<number>;
}

/** From now on, in all answers of the server together. `ends` are the last words of its answers; `first` is the first of one of them. */
export function followSent(provider: Provider, first: string, ends: readonly string[], chars: number): Sent {
  const missing = new Set(ends);
  const lengths = new Map<number, number>();
  const reaching = (isReached: () => boolean) =>
    provider.waitFor(({ id, textSent }) => {
      lengths.set(id, textSent.length);
      const tail = textSent.slice(-40);
      for (const end of missing) if (tail.includes(end)) missing.delete(end);
      return isReached();
    }, 60_000);
  const sum = () => [...lengths.values()].reduce((total, length) => total + length, 0);
  return {
    first: provider.waitFor(({ textSent }) => textSent.includes(first)).then(now),
    most: reaching(() => sum() >= chars).then(() => [...missing]),
    last: reaching(() => missing.size === 0).then(now),
  };
}
