import type { Step, StepName } from '../../lib/options/guide.ts';
import type { OptionsModel } from '../../lib/options/model.ts';
import { presetName } from '../../lib/options/preset-name.ts';
import { type MessageName, say } from '../../lib/words/say.ts';

const marks: Record<Step['state'], string> = { done: '✓', now: '→', later: '·' };
const titles: Record<StepName, MessageName> = {
  provider: 'stepProvider',
  key: 'stepKey',
  try: 'tryIt',
};

/** The first thing a new user reads: three steps, and which of them is next. */
export function Welcome({ model }: { model: OptionsModel }) {
  if (!model.firstRun.value) return null;
  const steps = model.guide.value;
  return (
    <section class="welcome">
      <h2>{say('threeSteps')}</h2>
      <ol class="guide">
        {steps.map(({ name, state }) => (
          <li
            key={name}
            class={`guide-step ${state}`}
            data-step={name}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <span class="guide-mark" aria-hidden="true">
              {marks[state]}
            </span>
            <div>
              <p class="step">{say(titles[name])}</p>
              {state === 'now' && <Help name={name} model={model} />}
              {state === 'done' && <span class="visually-hidden">{say('done')}</span>}
            </div>
          </li>
        ))}
      </ol>
      {steps.every(({ state }) => state === 'done') && (
        <p class="guide-end" role="status">
          {say('guideReady')}
        </p>
      )}
    </section>
  );
}

/** What the test says comes line by line, further down. */
function tryIt({ testConnection }: OptionsModel): void {
  void testConnection();
  document.querySelector('.outcome')?.scrollIntoView({ block: 'start' });
}

function Help({ name, model }: { name: StepName; model: OptionsModel }) {
  const preset = model.form.knownPreset.value;
  if (name === 'provider') return <p>{say('stepProviderHelp')}</p>;
  if (name === 'key')
    return (
      <>
        {preset?.keyUrl && (
          <p>
            <a href={preset.keyUrl} target="_blank" rel="noreferrer">
              {say('getKeyFrom', presetName(preset))}
            </a>
          </p>
        )}
        <p>{say('stepKeyHelp')}</p>
      </>
    );
  return (
    <>
      <p>{say('stepTryHelp')}</p>
      <button
        type="button"
        class="button primary"
        aria-disabled={model.phase.value !== 'idle'}
        onClick={() => tryIt(model)}
      >
        {say('tryIt')}
      </button>
    </>
  );
}

/** After a save with nothing missing: the way back for someone who was sent here. */
export function WayBack({ model }: { model: OptionsModel }) {
  const { backTo } = model;
  if (!backTo || !model.complete.value) return null;
  return (
    <div class="way-back">
      <p>{say('goBackTo')}</p>
      <button type="button" class="button primary" onClick={backTo}>
        {say('back')}
      </button>
    </div>
  );
}
