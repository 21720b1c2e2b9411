import type { OptionsModel } from '../../lib/options/model.ts';
import { presetName } from '../../lib/options/preset-name.ts';
import { say } from '../../lib/words/say.ts';
import { Problem } from './Problem.tsx';

/** Write-only: it takes a key and can say that one is stored, and never shows one. */
export function KeyField({ model }: { model: OptionsModel }) {
  const { form, facts, outcome } = model;
  const wrong = outcome.problem.value?.place === 'key';
  const stored = facts.hasKey.value === true;
  const preset = form.knownPreset.value;
  return (
    <div class="row">
      <label for="api-key">{say('apiKey')}</label>
      <input
        id="api-key"
        class="field"
        type="password"
        autocomplete="off"
        spellcheck={false}
        dir="ltr"
        placeholder={stored ? say('keyStored') : ''}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'api-key-problem api-key-hint' : 'api-key-hint'}
        value={form.key.value}
        onInput={(event) => form.typeKey(event.currentTarget.value)}
      />
      <p class="hint" id="api-key-hint">
        {keyHint(model)}{' '}
        {preset?.keyUrl && !stored && (
          <a href={preset.keyUrl} target="_blank" rel="noopener noreferrer">
            {say('getKeyFrom', presetName(preset))}
          </a>
        )}
      </p>
      <Problem model={model} place="key" id="api-key-problem" />
    </div>
  );
}

function keyHint({ form, facts }: OptionsModel): string {
  const host = form.address.value?.host;
  const stored = facts.hasKey.value;
  // A space keeps the line's height while the answer is on its way.
  if (!host || stored === null) return '\u00a0';
  if (stored) return say('keyStoredFor', host);
  if (!form.needsKey.value) return say('keyNotNeeded', host);
  return say('keyMissing', host);
}
