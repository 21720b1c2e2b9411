// What stands where the answer will be: three dots, and from 3 s on the time. The ticker lives only as long as this does.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { say } from '../../lib/words/say.ts';

/** Before this many seconds a number would only add unrest. */
const SHOW_FROM_S = 3;

interface WaitingProps {
  /** Since when, ms since the epoch. */
  since: number;
  /** When the next attempt starts; null outside a backoff. */
  retryAt: number | null;
  /** What broke is asked to go on. */
  isGoingOn: boolean;
  now: () => number;
  /** Gives up waiting for the next attempt. */
  cancel(): void;
}

export function Waiting({ since, retryAt, isGoingOn, now, cancel }: WaitingProps) {
  const time = useSignal(now());
  useEffect(() => {
    const ticker = setInterval(() => {
      time.value = now();
    }, 500);
    return () => clearInterval(ticker);
  }, [time, now]);
  const waited = Math.floor((time.value - since) / 1000);
  const left = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - time.value) / 1000));
  return (
    <p class="waiting">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {retryAt !== null && (
        <>
          <span>{say('tryingAgain', left)}</span>
          <button type="button" class="button quiet small" onClick={cancel}>
            {say('cancel')}
          </button>
        </>
      )}
      {isGoingOn && <span>{say('goingOn')}</span>}
      {retryAt === null && !isGoingOn && waited >= SHOW_FROM_S && <span>{say('waitingSince', waited)}</span>}
    </p>
  );
}
