import type { OptionsModel } from '../../lib/options/model.ts';
import { say, sayCount } from '../../lib/words/say.ts';
import { Combobox } from './Combobox.tsx';
import type { ComboboxOption } from './match-options.ts';

/** Any name can be typed; the server's list is offered once it has answered, the preset's suggestions before. */
export function ModelField({ model }: { model: OptionsModel }) {
  const { form, facts } = model;
  const listed = facts.models.value;
  const suggested = form.knownPreset.value?.models ?? [];
  const options: ComboboxOption[] =
    listed.length > 0
      ? listed.map(({ id, name }) => ({
          value: id,
          label: id,
          ...(name && name !== id ? { note: name } : {}),
        }))
      : suggested.map((id) => ({ value: id, label: id }));
  return (
    <div class="row">
      <label for="model">{say('model')}</label>
      <Combobox
        id="model"
        listLabel={say('suggestions')}
        freeText
        opensUp
        value={form.model.value}
        options={options}
        onValue={form.typeModel}
        describedBy="model-hint"
      />
      <p class="hint" id="model-hint">
        {listed.length > 0 ? sayCount('modelsListed', listed.length) : say('modelsNotListed')}
      </p>
    </div>
  );
}
