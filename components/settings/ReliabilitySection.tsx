import type { OptionsModel } from '../../lib/options/model.ts';
import type { Reliability } from '../../lib/options/reliability.ts';
import type { Settings } from '../../lib/settings/schema.ts';
import { type MessageName, say } from '../../lib/words/say.ts';
import { NumberBox } from './NumberBox.tsx';
import { Problem } from './Problem.tsx';
import { SelectBox } from './SelectBox.tsx';

export function ReliabilitySection({ model }: { model: OptionsModel }) {
  const { reliability } = model;
  return (
    <section>
      <h2>{say('reliability')}</h2>
      <p class="lead">{say('reliabilityLead')}</p>
      <NumberBox
        id="retries"
        label={say('retries')}
        field={reliability.retries}
        max={5}
        hint={say('retriesHint')}
      />
      <SelectBox
        id="continuing"
        label={say('brokenAnswers')}
        setting={reliability.continuing}
        choices={continuationsInWords()}
        hint={say('brokenAnswersHint')}
      />
      <Timeouts reliability={reliability} />
      <Problem model={model} place="reliability" />
    </section>
  );
}

function continuationsInWords(): Record<Settings['continuing'], string> {
  return {
    automatic: say('continueAutomatic'),
    ask: say('continueAsk'),
    never: say('continueNever'),
  };
}

const clockWords: [name: keyof Settings['timeouts'], label: MessageName, hint: MessageName][] = [
  ['connect', 'clockConnect', 'clockConnectHint'],
  ['firstToken', 'clockFirst', 'clockFirstHint'],
  ['idle', 'clockIdle', 'clockIdleHint'],
  ['total', 'clockTotal', 'clockTotalHint'],
];

function Timeouts({ reliability: { clocks, reset } }: { reliability: Reliability }) {
  return (
    <details class="timeouts">
      <summary>{say('timeouts')}</summary>
      <p class="hint">{say('timeoutsHint')}</p>
      <div class="clocks">
        {clockWords.map(([name, label, hint]) => (
          <NumberBox
            key={name}
            id={`timeout-${name}`}
            label={say(label)}
            field={clocks[name]}
            max={3600}
            hint={say(hint)}
            unit={say('secondsUnit')}
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
          {say('resetToDefaults')}
        </button>
        <span aria-live="polite">{reset.note.value}</span>
      </div>
    </details>
  );
}
