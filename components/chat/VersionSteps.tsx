import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { StepDirection } from '../../lib/chat/turn-actions.ts';
import type { TurnModel } from '../../lib/chat/turn-list.ts';
import { say } from '../../lib/words/say.ts';
import { Icon } from '../Icon.tsx';

const names = { previous: 'previousVersion', next: 'nextVersion' } as const;

/** Where a question was asked more than once: which of them this is, and the way to the others. */
export function VersionSteps({ turn, model }: { turn: TurnModel; model: ChatModel }) {
  const place = model.versions.find(turn.id);
  const buttons = { previous: useRef<HTMLButtonElement>(null), next: useRef<HTMLButtonElement>(null) };
  const stepped = model.actions.stepped.value;
  // The button that was pressed went away with its version; here is the same one.
  const direction = place && stepped?.turnId === turn.id ? stepped.direction : undefined;
  useLayoutEffect(() => {
    if (!direction) return;
    buttons[direction].current?.focus({ preventScroll: true });
    model.actions.arrived(turn.id);
  }, [direction]);
  if (!place) return null;
  const step = (to: StepDirection) => (
    <button
      type="button"
      class="icon-button small"
      ref={buttons[to]}
      aria-label={say(names[to])}
      title={say(names[to])}
      // Not `disabled`: the focus would be lost at the first and at the last.
      aria-disabled={place[to] === undefined}
      onClick={() => model.actions.step(turn.id, to)}
    >
      <Icon name={to} />
    </button>
  );
  return (
    <span class="versions">
      {step('previous')}
      <span class="versions-place" dir="auto">
        {say('versionOf', place.number, place.count)}
      </span>
      {step('next')}
    </span>
  );
}
