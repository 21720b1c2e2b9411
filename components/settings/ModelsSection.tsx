import { useEffect } from 'preact/hooks';
import type { OptionsModel } from '../../lib/options/model.ts';
import { say } from '../../lib/words/say.ts';
import { Combobox } from './Combobox.tsx';
import { LabelLine } from './LabelLine.tsx';
import { Problem } from './Problem.tsx';

export function ModelsSection({ model }: { model: OptionsModel }) {
  const { fallBack, providers } = model;
  const count = providers.list.value.length;
  // Anew where a provider was added or removed.
  useEffect(() => void fallBack.load(), [fallBack, count]);
  return (
    <section>
      <h2>{say('models')}</h2>
      <p class="lead">{say('modelsLead')}</p>
      <div class="row">
        <LabelLine id="fall-back" note={fallBack.note.value}>
          {say('fallBack')}
        </LabelLine>
        <Combobox
          id="fall-back"
          listLabel={say('fallBackChoices')}
          value={fallBack.value.value}
          options={fallBack.options.value.map(({ value, model: label, provider }) => ({
            value,
            label,
            ...(provider ? { note: provider } : {}),
          }))}
          onValue={(value) => void fallBack.choose(value)}
          describedBy="fall-back-hint"
        />
        <p class="hint" id="fall-back-hint">
          {say('fallBackHint')}
        </p>
        <Problem model={model} place="models" />
      </div>
    </section>
  );
}
