import { useEffect } from 'preact/hooks';
import type { OptionsModel } from '../../lib/options/model.ts';
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
      <h2>Models</h2>
      <p class="lead">
        Each chat can have a model of its own: press its name below the message box. Saved as soon as you
        choose.
      </p>
      <div class="row">
        <LabelLine id="fall-back" note={fallBack.note.value}>
          Fall-back
        </LabelLine>
        <Combobox
          id="fall-back"
          listLabel="What can stand in"
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
          Asked once where a chat’s own model fails, is overloaded or stays silent before anything was shown.
          The answer says so. Never after a refused key or a used-up quota.
        </p>
        <Problem model={model} place="models" />
      </div>
    </section>
  );
}
