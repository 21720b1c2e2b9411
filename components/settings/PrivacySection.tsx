import type { OptionsModel } from '../../lib/options/model.ts';
import { say } from '../../lib/words/say.ts';
import { Problem } from './Problem.tsx';

export function PrivacySection({ model }: { model: OptionsModel }) {
  const host = model.form.address.value?.host ?? say('serverAbove');
  const stored = model.facts.hasKey.value === true;
  return (
    <section>
      <h2>{say('privacy')}</h2>
      <ul class="plain">
        <li>{say('privacyKey')}</li>
        <li>{say('privacySent', host)}</li>
        <li>{say('privacyText', host)}</li>
        <li>{say('privacyStored')}</li>
      </ul>
      {stored && (
        <button type="button" class="button" onClick={() => void model.removeKey()}>
          {say('removeKey')}
        </button>
      )}
      <Problem model={model} place="privacy" />
    </section>
  );
}
