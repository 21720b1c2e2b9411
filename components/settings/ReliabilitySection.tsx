import type { OptionsModel } from '../../lib/options/model.ts';
import type { Reliability } from '../../lib/options/reliability.ts';
import type { Settings } from '../../lib/settings/schema.ts';
import { NumberBox } from './NumberBox.tsx';
import { Problem } from './Problem.tsx';
import { SelectBox } from './SelectBox.tsx';

export function ReliabilitySection({ model }: { model: OptionsModel }) {
  const { reliability } = model;
  return (
    <section>
      <h2>Reliability</h2>
      <p class="lead">What happens when a server fails or falls silent. Saved as soon as you change it.</p>
      <NumberBox
        id="retries"
        label="Retries"
        field={reliability.retries}
        max={5}
        hint="Repeats before anything was shown, from 0 to 5."
      />
      <SelectBox
        id="continuing"
        label="Broken answers"
        setting={reliability.continuing}
        choices={continuations}
        hint="Answers that break off after something was shown. Going on costs one more request each time."
      />
      <Timeouts reliability={reliability} />
      <Problem model={model} place="reliability" />
    </section>
  );
}

const continuations: Record<Settings['continuing'], string> = {
  automatic: 'Go on by themselves',
  ask: 'Ask first',
  never: 'Leave as they are',
};

const clockWords: [name: keyof Settings['timeouts'], label: string, hint: string][] = [
  ['connect', 'Connect', 'Until the server begins to answer.'],
  ['firstToken', 'First token', 'From then until the first text or thought.'],
  ['idle', 'Silence', 'Between two pieces of the answer.'],
  ['total', 'Whole answer', 'From sending until the end of one attempt.'],
];

function Timeouts({ reliability: { clocks, reset } }: { reliability: Reliability }) {
  return (
    <details class="timeouts">
      <summary>Timeouts</summary>
      <p class="hint">
        How long to wait before giving up. 0 switches a clock off. Models that think first can be silent for
        minutes.
      </p>
      <div class="clocks">
        {clockWords.map(([name, label, hint]) => (
          <NumberBox
            key={name}
            id={`timeout-${name}`}
            label={label}
            field={clocks[name]}
            max={3600}
            hint={hint}
            unit="seconds"
          />
        ))}
      </div>
      <div class="label-line">
        <button
          type="button"
          class="button quiet"
          aria-disabled={reset.idle.value}
          // Without this, the field that is left would be checked, and its message would push the button from under the pointer.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void reset.press()}
        >
          Reset to defaults
        </button>
        <span aria-live="polite">{reset.note.value}</span>
      </div>
    </details>
  );
}
