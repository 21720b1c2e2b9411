import { useEffect, useRef } from 'preact/hooks';
import { CUSTOM } from '../../lib/options/form.ts';
import type { OptionsModel } from '../../lib/options/model.ts';
import { presetName } from '../../lib/options/preset-name.ts';
import { say } from '../../lib/words/say.ts';
import { Chevron } from './Chevron.tsx';
import { KeyField } from './KeyField.tsx';
import { ModelField } from './ModelField.tsx';
import { Problem } from './Problem.tsx';
import { TestResult } from './TestResult.tsx';
import { WayBack } from './Welcome.tsx';

export function ProviderForm({ model }: { model: OptionsModel }) {
  const form = useRef<HTMLFormElement>(null);
  const problem = model.outcome.problem.value;
  // The field that has to be changed gets the focus, but only when a button was pressed: leaving a field must not pull one back.
  const pressed = useRef(false);
  useEffect(() => {
    if (!problem || !pressed.current) return;
    pressed.current = false;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        pressed.current = true;
        void model.save();
      }}
    >
      <PresetField model={model} />
      <BaseUrlField model={model} />
      <KeyField model={model} />
      <ModelField model={model} />
      <Actions
        model={model}
        onTest={() => {
          pressed.current = true;
          void model.testConnection();
        }}
      />
      <div class="outcome" role="status" aria-atomic="false">
        {model.outcome.status.value && <p>{model.outcome.status.value}</p>}
        <TestResult
          lines={model.test.lines.value}
          onUse={(baseUrl) => void model.useAddress(baseUrl)}
          copyText={model.copyText}
        />
      </div>
      <Problem model={model} place="provider" />
      <WayBack model={model} />
    </form>
  );
}

function PresetField({ model: { form, presets } }: { model: OptionsModel }) {
  const setup = form.knownPreset.value?.quirks?.setup;
  return (
    <div class="row">
      <label for="provider">{say('provider')}</label>
      <div class="select">
        <select
          id="provider"
          class="field"
          value={form.preset.value}
          aria-describedby={setup ? 'provider-setup' : undefined}
          onChange={(event) => form.choosePreset(event.currentTarget.value)}
        >
          {presets.map((preset) => (
            <option key={preset.id} value={preset.id}>
              {presetName(preset)}
            </option>
          ))}
          <option value={CUSTOM}>{say('otherServer')}</option>
        </select>
        <Chevron />
      </div>
      {setup && (
        <p class="hint" id="provider-setup">
          {say(setup)}
        </p>
      )}
    </div>
  );
}

function BaseUrlField({ model }: { model: OptionsModel }) {
  const { form, outcome } = model;
  const wrong = outcome.problem.value?.place === 'base-url';
  return (
    <div class="row">
      <label for="base-url">{say('baseUrl')}</label>
      <input
        id="base-url"
        class="field"
        type="text"
        inputMode="url"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        dir="ltr"
        placeholder="https://api.example.com/v1"
        aria-invalid={wrong}
        aria-describedby={wrong ? 'base-url-problem' : undefined}
        value={form.baseUrl.value}
        onInput={(event) => form.typeBaseUrl(event.currentTarget.value)}
        onBlur={({ relatedTarget }) => {
          // On the way to a button a message that pushes the button down would make the press miss it; it checks by itself.
          if (!(relatedTarget instanceof HTMLButtonElement)) model.checkBaseUrl();
        }}
      />
      <Problem model={model} place="base-url" id="base-url-problem" />
    </div>
  );
}

function Actions({ model, onTest }: { model: OptionsModel; onTest: () => void }) {
  const busy = model.phase.value !== 'idle';
  // Not `disabled`: a button that loses the focus while it works throws keyboard users to the top of the page.
  return (
    <div class="actions">
      <button type="submit" class="button primary" aria-disabled={busy}>
        {say('save')}
      </button>
      <button type="button" class="button" aria-disabled={busy} onClick={onTest}>
        {say('testConnection')}
      </button>
      {model.test.running.value && (
        <button type="button" class="button quiet" onClick={model.test.stop}>
          {say('do_stop')}
        </button>
      )}
      {model.form.dirty.value && !busy && <span class="unsaved">{say('unsavedChanges')}</span>}
    </div>
  );
}
