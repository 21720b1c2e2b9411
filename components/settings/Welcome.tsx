import type { Step, StepName } from '../../lib/options/guide.ts';
import type { OptionsModel } from '../../lib/options/model.ts';

const marks: Record<Step['state'], string> = { done: '✓', now: '→', later: '·' };
const titles: Record<StepName, string> = {
  provider: 'Choose a provider',
  key: 'Paste a key and save',
  try: 'Try it',
};

/** The first thing a new user reads: three steps, and which of them is next. */
export function Welcome({ model }: { model: OptionsModel }) {
  if (!model.firstRun.value) return null;
  const steps = model.guide.value;
  return (
    <section class="welcome">
      <h2>Three steps to begin</h2>
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
              <p class="step">{titles[name]}</p>
              {state === 'now' && <Help name={name} model={model} />}
              {state === 'done' && <span class="visually-hidden">Done</span>}
            </div>
          </li>
        ))}
      </ol>
      {steps.every(({ state }) => state === 'done') && (
        <p class="guide-end" role="status">
          Runnel is ready. Open it from the toolbar, or select text on a page and choose Translate selection.
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
  if (name === 'provider')
    return (
      <p>MegaLLM is set already. Any server that speaks the same protocol will do, also one of your own.</p>
    );
  if (name === 'key')
    return (
      <p>
        {preset?.keyUrl ? (
          <>
            <a href={preset.keyUrl} target="_blank" rel="noreferrer">
              Make a key at {preset.name}
            </a>{' '}
            and paste it below.
          </>
        ) : (
          'Choose a model below.'
        )}{' '}
        When you save, the browser asks whether Runnel may reach that one server.
      </p>
    );
  return (
    <>
      <p>Asks the model for a few words, and says what works and what does not.</p>
      <button
        type="button"
        class="button primary"
        aria-disabled={model.phase.value !== 'idle'}
        onClick={() => tryIt(model)}
      >
        Try it
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
      <p>Ready. Go back to what you were doing.</p>
      <button type="button" class="button primary" onClick={backTo}>
        Back
      </button>
    </div>
  );
}
